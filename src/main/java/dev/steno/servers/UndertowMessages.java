package dev.steno.servers;

import jakarta.websocket.Session;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Undertow (WildFly) keeps messages in a queue until a thread is free, but tells of a closed connection at once: the
 * end of a socket then overtakes what the client sent before it. This takes the way of the messages, behind the last of
 * them.
 */
final class UndertowMessages {
    private static final String SESSION = "io.undertow.websockets.jsr.UndertowSession";
    private static final String CONTAINER = "io.undertow.websockets.jsr.ServerWebSocketContainer";

    private static final System.Logger LOG = System.getLogger(UndertowMessages.class.getName());

    private static volatile UndertowMessages inForce;

    /** The session's class, its queue, and how the container calls an endpoint from there. */
    private final Class<?> session;

    private final MethodHandle queue;
    private final MethodHandle call;

    private UndertowMessages(Class<?> session, MethodHandle queue, MethodHandle call) {
        this.session = session;
        this.queue = queue;
        this.call = call;
    }

    /** @param server that loads the classes of the WebSocket container */
    static Mending resolve(ClassLoader server) {
        return Mending.of("the end of a socket waits for its messages", () -> inForce = in(server));
    }

    private static UndertowMessages in(ClassLoader server) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Class<?> session = Class.forName(SESSION, false, server);
        Class<?> container = Class.forName(CONTAINER, false, server);
        MethodHandle queue = lookup.findVirtual(session, "getExecutor", MethodType.methodType(Executor.class));
        MethodHandle call = lookup.findVirtual(
                container, "invokeEndpointMethod", MethodType.methodType(void.class, Executor.class, Runnable.class));
        return new UndertowMessages(
                session,
                queue.asType(MethodType.methodType(Executor.class, Object.class)),
                call.asType(MethodType.methodType(void.class, Object.class, Executor.class, Runnable.class)));
    }

    /** Runs it at once on other servers. */
    static void after(Session socket, Runnable ending) {
        UndertowMessages present = inForce;
        if (present == null || !present.session.isInstance(socket)) {
            ending.run();
            return;
        }
        try {
            present.call.invokeExact(
                    (Object) socket.getContainer(), (Executor) present.queue.invokeExact((Object) socket), ending);
        } catch (RejectedExecutionException e) { // the server goes down
            LOG.log(System.Logger.Level.DEBUG, "The end of a socket does not wait for its messages.", e);
            ending.run();
        } catch (Throwable e) { // of reflection, which resolve() tried
            throw new IllegalStateException(e);
        }
    }
}
