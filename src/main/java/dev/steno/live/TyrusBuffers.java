package dev.steno.live;

import jakarta.websocket.Session;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Lets go of what Tyrus 2.1, the WebSockets of Payara and GlassFish, keeps of connections that are closed: a client that begins
 * large messages and goes, again and again, would fill the heap (docs/adr/0007-tyrus-buffers.md). Elsewhere, and in a Tyrus that
 * is built otherwise, this does nothing.
 */
final class TyrusBuffers {
    /** From a session to the object that reads its connection. */
    private static final List<String> WAY =
            List.of("basicRemote", "webSocket", "protocolHandler", "writer", "tyrusHttpUpgradeHandler");

    /** Some versions have a proxy in the place of that object. */
    private static final String PROXY = "TyrusHttpUpgradeHandlerProxy";

    private static final System.Logger LOG = System.getLogger(TyrusBuffers.class.getName());

    private TyrusBuffers() {}

    /**
     * To be called when the connection is closed: drops what was received of a frame that is not complete, and what may still
     * come. Payara reuses its request objects, some thousand of them, and each keeps all this until it is upgraded again.
     *
     * @return whether this was a Tyrus that needs it
     */
    static boolean release(Session session) {
        try {
            Object reader = session;
            for (String step : WAY) {
                reader = field(reader, step).get(reader);
            }
            if (reader.getClass().getSimpleName().equals(PROXY)) {
                reader = field(reader, "handler").get(reader);
            }
            Field connection = field(reader, "connection");
            connection.set(reader, closed(connection.getType()));
            field(reader, "upgradeInfo").set(reader, null);
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "No Tyrus, or one that keeps its buffers elsewhere.", e);
            return false;
        }
    }

    /**
     * To be called by an endpoint that is told of an error and was never opened. When Tyrus closes a connection because of an error, it
     * forgets the session with its endpoint; then it makes another endpoint to tell of the error, and keeps that one and the session for good.
     *
     * @return whether this was a Tyrus that needs it
     */
    static boolean forget(Session session) {
        try {
            Object endpoints = field(session, "endpointWrapper").get(session);
            Object instances = field(endpoints, "componentProvider").get(endpoints);
            Method remove = instances.getClass().getMethod("removeSession", Session.class);
            remove.invoke(instances, session);
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "No Tyrus, or one that keeps its endpoints elsewhere.", e);
            return false;
        }
    }

    private static Field field(Object object, String name) throws NoSuchFieldException {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field;
                }
            }
        }
        throw new NoSuchFieldException(object.getClass() + "." + name);
    }

    /** A connection, or its reader, that takes everything and does nothing. */
    private static Object closed(Class<?> type) {
        InvocationHandler idle = (proxy, method, arguments) -> {
            if (arguments != null && arguments[0] instanceof ByteBuffer data) {
                data.position(data.limit());
            }
            return method.getReturnType().isInterface() ? closed(method.getReturnType()) : null;
        };
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, idle);
    }
}
