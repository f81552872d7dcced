package dev.steno.servers;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;

/**
 * Payara and GlassFish use their request objects again, some thousand of them, and each keeps the upgrade handler of
 * its last WebSocket until it is upgraded again: with the handler's class, Steno's class loader, also after Steno was
 * undeployed.
 */
final class CatalinaRequests {
    private static final String FACADE = "org.apache.catalina.connector.RequestFacade";
    private static final String REQUEST = "org.apache.catalina.connector.Request";

    private static final System.Logger LOG = System.getLogger(CatalinaRequests.class.getName());

    private static volatile CatalinaRequests inForce;

    private final Class<?> facade;

    /** From the facade to the request behind it. */
    private final MethodHandle request;

    private final VarHandle upgradeHandler;

    private CatalinaRequests(Class<?> facade, Class<?> behind) throws ReflectiveOperationException {
        this.facade = facade;
        request = behind(facade).asType(MethodType.methodType(Object.class, Object.class));
        upgradeHandler = MethodHandles.privateLookupIn(behind, MethodHandles.lookup())
                .findVarHandle(behind, "httpUpgradeHandler", HttpUpgradeHandler.class);
    }

    /** @return from a facade to the request behind it, whose fields are named otherwise on each of the two servers */
    static MethodHandle behind(Class<?> facade) throws ReflectiveOperationException {
        return MethodHandles.publicLookup().unreflect(facade.getMethod("getUnwrappedCoyoteRequest"));
    }

    static Mending resolve(ClassLoader server) {
        return Mending.of("closed connections leave request objects", () -> {
            Class<?> facade = Class.forName(FACADE, false, server);
            inForce = new CatalinaRequests(facade, Class.forName(REQUEST, false, server));
        });
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
        if (!handles.facade.isInstance(facade)) {
            return;
        }
        try {
            Object behind = (Object) handles.request.invokeExact((Object) facade);
            if (behind != null) {
                handles.upgradeHandler.compareAndSet(behind, handler, null);
            }
        } catch (Error e) {
            throw e;
        } catch (Throwable e) { // the server has taken the request back
            LOG.log(System.Logger.Level.DEBUG, "The request is not known any more.", e);
        }
    }
}
