package dev.steno.servers;

import jakarta.websocket.Session;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/**
 * When Tyrus 2.1 closes a connection because of an error, it forgets the session with its endpoint; then it makes
 * another endpoint to tell of the error, and keeps that one and the session for good (docs/adr/0007-tyrus-buffers.md).
 */
final class TyrusEndpoints {
    private static final String SESSION = "org.glassfish.tyrus.core.TyrusSession";

    private static final System.Logger LOG = System.getLogger(TyrusEndpoints.class.getName());

    private static volatile MethodHandle forget;

    private TyrusEndpoints() {}

    /** @param server that loads the classes of the WebSocket container */
    static Mending resolve(ClassLoader server) {
        return Mending.of("endpoints of failed connections are forgotten", () -> forget = removal(server));
    }

    private static MethodHandle removal(ClassLoader server) throws ReflectiveOperationException {
        Class<?> session = Class.forName(SESSION, false, server);
        Field wrapper = PrivateField.of(session, "endpointWrapper");
        Field provider = PrivateField.of(wrapper.getType(), "componentProvider");
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        MethodHandle path =
                MethodHandles.filterReturnValue(lookup.unreflectGetter(wrapper), lookup.unreflectGetter(provider));
        MethodHandle remove = lookup.unreflect(provider.getType().getMethod("removeSession", Session.class));
        // (session) -> session.endpointWrapper.componentProvider.removeSession(session)
        MethodHandle removal = MethodHandles.filterArguments(remove, 0, path);
        return MethodHandles.permuteArguments(
                removal.asType(MethodType.methodType(void.class, Object.class, Object.class)),
                MethodType.methodType(void.class, Object.class),
                0,
                0);
    }

    static void forget(Session session) {
        MethodHandle present = forget;
        if (present == null) {
            return;
        }
        try {
            present.invokeExact((Object) session);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) { // what a method handle may throw
            LOG.log(System.Logger.Level.DEBUG, "The session was not forgotten.", e);
        }
    }
}
