package dev.steno.servers;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Payara and GlassFish use their request objects again, some thousand of them, and each keeps the upgrade handler of its last
 * WebSocket until it is upgraded again: with the handler's class, Steno's class loader, also after Steno was undeployed.
 */
final class CatalinaRequests {
    private static final String FACADE = "org.apache.catalina.connector.RequestFacade";
    private static final String REQUEST = "org.apache.catalina.connector.Request";

    private static volatile CatalinaRequests inForce;

    private final VarHandle request;
    private final VarHandle upgradeHandler;

    private CatalinaRequests(VarHandle request, VarHandle upgradeHandler) {
        this.request = request;
        this.upgradeHandler = upgradeHandler;
    }

    static Mending resolve(ClassLoader server) {
        String name = "closed connections leave request objects";
        try {
            Class<?> facade = Class.forName(FACADE, false, server);
            Class<?> behind = Class.forName(REQUEST, false, server);
            inForce = new CatalinaRequests(
                    MethodHandles.privateLookupIn(facade, MethodHandles.lookup())
                            .findVarHandle(facade, "request", behind),
                    MethodHandles.privateLookupIn(behind, MethodHandles.lookup())
                            .findVarHandle(behind, "httpUpgradeHandler", HttpUpgradeHandler.class));
            return Mending.inForce(name);
        } catch (ClassNotFoundException e) {
            return Mending.notNeeded(name);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Mending.doesNotFit(name, e);
        }
    }

    /** Does nothing if the request belongs to another connection by now. */
    static void forget(ServletRequest wrapped, HttpUpgradeHandler handler) {
        CatalinaRequests handles = inForce;
        if (handles == null) {
            return;
        }
        ServletRequest facade = wrapped;
        while (facade instanceof ServletRequestWrapper wrapper) {
            facade = wrapper.getRequest();
        }
        if (handles.request.coordinateTypes().get(0).isInstance(facade)) {
            Object behind = handles.request.get(facade);
            if (behind != null) {
                handles.upgradeHandler.compareAndSet(behind, handler, null);
            }
        }
    }
}
