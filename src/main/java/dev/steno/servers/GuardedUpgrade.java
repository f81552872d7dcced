package dev.steno.servers;

import dev.steno.logging.LinePerMinute;
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
    private static final System.Logger LOG = System.getLogger(GuardedUpgrade.class.getName());

    private static final LinePerMinute FAILURES = new LinePerMinute(System::nanoTime);

    private volatile HttpUpgradeHandler handler;
    private volatile ServletRequest request;
    private volatile Runnable ignoringRest;

    void guard(HttpUpgradeHandler guarded, ServletRequest of) {
        handler = guarded;
        request = of;
        ignoringRest = GrizzlyConnections.ignoringRest(of);
    }

    @Override
    public void init(WebConnection connection) {
        GuardedConnection guarded = new GuardedConnection(connection, this::ignoreRest, this::release);
        try {
            handler.init(guarded);
            guarded.begin();
        } catch (RuntimeException e) { // the server would log it and keep the connection
            guarded.close();
            long failures = FAILURES.count();
            if (failures > 0) {
                LOG.log(System.Logger.Level.WARNING, failures + " WebSockets could not begin. The last one:", e);
            }
        }
    }

    @Override
    public void destroy() {
        HttpUpgradeHandler guarded = handler;
        if (guarded != null) {
            guarded.destroy();
        }
    }

    private void ignoreRest() {
        Runnable ignoring = ignoringRest;
        if (ignoring != null) {
            ignoring.run();
        }
    }

    private void release() {
        ServletRequest upgraded = request;
        handler = null;
        request = null;
        ignoringRest = null;
        if (upgraded != null) {
            CatalinaRequests.forget(upgraded, this);
        }
    }
}
