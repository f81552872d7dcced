package dev.steno.servers;

import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;

/**
 * The upgrade handler that the server knows; passes everything on to the one of Tyrus. Public, with a constructor without
 * parameters, because the server makes it.
 */
public final class GuardedUpgrade implements HttpUpgradeHandler {
    private HttpUpgradeHandler handler;

    void guard(HttpUpgradeHandler guarded) {
        handler = guarded;
    }

    @Override
    public void init(WebConnection connection) {
        GuardedConnection guarded = new GuardedConnection(connection);
        handler.init(guarded);
        guarded.begin();
    }

    @Override
    public void destroy() {
        handler.destroy();
    }
}
