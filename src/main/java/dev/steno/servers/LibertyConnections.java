package dev.steno.servers;

import jakarta.websocket.Session;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;

/**
 * Open Liberty looks at the size of single frames only, and keeps each fragment of a message until its end, for some
 * hundred bytes of heap beside its content. So it reads each connection through {@link LibertyReads}.
 */
final class LibertyConnections {
    private static final String SESSION = "com.ibm.ws.wsoc.external.SessionExt";

    private static final System.Logger LOG = System.getLogger(LibertyConnections.class.getName());

    private static volatile LibertyConnections inForce;

    /** From the session to what reads its connection. */
    private final MethodHandle link;

    private final MethodHandle reader;
    private final MethodHandle setReader;
    private final Class<?> readerType;

    /** From the reader to the bytes that it has read last. */
    private final MethodHandle buffer;

    private LibertyConnections(Class<?> session) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        Field toConnection = PrivateField.of(session, "impl");
        Field toLink = PrivateField.of(toConnection.getType(), "connLink");
        Field toReader = PrivateField.of(toLink.getType(), "tcpReadContext");
        readerType = toReader.getType();
        link = generic(
                MethodHandles.filterReturnValue(lookup.unreflectGetter(toConnection), lookup.unreflectGetter(toLink)),
                Object.class);
        reader = generic(lookup.unreflectGetter(toReader), Object.class);
        setReader =
                lookup.unreflectSetter(toReader).asType(MethodType.methodType(void.class, Object.class, Object.class));
        MethodHandle last = lookup.unreflect(readerType.getMethod("getBuffer"));
        MethodHandle bytes = lookup.unreflect(last.type().returnType().getMethod("getWrappedByteBuffer"));
        buffer = generic(MethodHandles.filterReturnValue(last, bytes), ByteBuffer.class);
    }

    /** @param server that loads the classes of the WebSocket container */
    static Mending resolve(ClassLoader server) {
        return Mending.of(
                "connections of Open Liberty are guarded",
                () -> inForce = new LibertyConnections(Class.forName(SESSION, false, server)));
    }

    private static MethodHandle generic(MethodHandle handle, Class<?> result) {
        return handle.asType(MethodType.methodType(result, Object.class));
    }

    /** To be called while a connection is opened: the server reads nothing from it until then. */
    static void guard(Session session) {
        LibertyConnections present = inForce;
        if (present == null) {
            return;
        }
        try {
            present.guardReads(session);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) { // what a method handle may throw
            LOG.log(System.Logger.Level.WARNING, "A connection has no guard; see docs/servers.md.", e);
        }
    }

    private void guardReads(Session session) throws Throwable {
        Object connection = (Object) link.invokeExact((Object) session);
        Object unguarded = (Object) reader.invokeExact(connection);
        LibertyReads reads = new LibertyReads(unguarded, buffer, new FrameGuard(System::nanoTime));
        setReader.invokeExact(connection, reads.as(readerType));
    }
}
