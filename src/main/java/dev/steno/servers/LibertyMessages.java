package dev.steno.servers;

import jakarta.websocket.Session;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Field;

/**
 * Open Liberty looks at the size of single frames only, and keeps all fragments of a message until its end. This looks at what
 * it keeps; between two looks a client can add what its line carries in a second.
 */
final class LibertyMessages {
    private static final String SESSION = "com.ibm.ws.wsoc.external.SessionExt";

    private static final System.Logger LOG = System.getLogger(LibertyMessages.class.getName());

    private static volatile LibertyMessages inForce;

    /** From the session to its reader of messages, to the frames that this keeps, and to the length of one. */
    private final MethodHandle reader;

    private final MethodHandle frames;
    private final MethodHandle count;
    private final MethodHandle length;

    private LibertyMessages(MethodHandle reader, MethodHandle frames, MethodHandle count, MethodHandle length) {
        this.reader = reader;
        this.frames = frames;
        this.count = count;
        this.length = length;
    }

    /** @param server that loads the classes of the WebSocket container */
    static Mending resolve(ClassLoader server) {
        String name = "fragments are counted";
        try {
            inForce = in(Class.forName(SESSION, false, server));
            return Mending.inForce(name);
        } catch (ClassNotFoundException e) {
            return Mending.notNeeded(name);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Mending.doesNotFit(name, e);
        }
    }

    private static LibertyMessages in(Class<?> session) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        MethodHandle reader = MethodHandles.identity(session);
        Class<?> type = session;
        for (String step : new String[] {"impl", "connLink", "linkRead", "messageReader"}) {
            Field field = accessible(type, step);
            reader = MethodHandles.filterReturnValue(reader, lookup.unreflectGetter(field));
            type = field.getType();
        }
        Field frames = accessible(type, "fpList");
        Class<?> frame = frames.getType().getComponentType();
        return new LibertyMessages(
                generic(reader, Object.class),
                generic(lookup.unreflectGetter(frames), Object.class),
                generic(lookup.unreflectGetter(accessible(type, "countOfIOFrames")), int.class),
                generic(lookup.unreflect(frame.getMethod("getPayloadLength")), long.class));
    }

    private static MethodHandle generic(MethodHandle handle, Class<?> result) {
        return handle.asType(MethodType.methodType(result, Object.class));
    }

    private static Field accessible(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /** @return whether the message that is coming in has more bytes or fragments than one may have */
    static boolean tooLarge(Session session) {
        LibertyMessages present = inForce;
        if (present == null) {
            return false;
        }
        try {
            return present.kept(session);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) { // another session than Liberty's, or one that ends now
            LOG.log(System.Logger.Level.DEBUG, "Fragments cannot be counted.", e);
            return false;
        }
    }

    private boolean kept(Session session) throws Throwable {
        Object messages = (Object) reader.invokeExact((Object) session);
        int fragments = (int) count.invokeExact(messages);
        if (fragments > FrameGuard.FRAGMENTS) {
            return true;
        }
        Object list = (Object) frames.invokeExact(messages);
        long bytes = 0;
        for (int i = 0; i < Math.min(fragments, Array.getLength(list)); i++) {
            Object frame = Array.get(list, i);
            bytes += frame == null ? 0 : (long) length.invokeExact(frame);
        }
        return bytes > FrameGuard.MESSAGE_BYTES;
    }
}
