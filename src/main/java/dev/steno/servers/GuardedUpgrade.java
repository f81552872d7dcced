package dev.steno.servers;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;

/**
 * The upgrade handler that the server knows; passes everything on to the one of Tyrus. Public, with a constructor
 * without parameters, because the server makes it.
 *
 * <p>The server keeps this object longer than the connection, so it lets go of everything when the connection is
 * closed.
 */
public final class GuardedUpgrade implements HttpUpgradeHandler {
    private volatile HttpUpgradeHandler handler;
    private volatile ServletRequest request;

    void guard(HttpUpgradeHandler guarded, ServletRequest of) {
        handler = guarded;
        request = of;
    }

    @Override
    public void init(WebConnection connection) {
        GuardedConnection guarded = new GuardedConnection(connection, this::release);
        handler.init(guarded);
        guarded.begin();
    }

    @Override
    public void destroy() {
        HttpUpgradeHandler guarded = handler;
        if (guarded != null) {
            guarded.destroy();
        }
    }

    private void release() {
        ServletRequest upgraded = request;
        handler = null;
        request = null;
        if (upgraded != null) {
            CatalinaRequests.forget(upgraded, this);
        }
    }
}
