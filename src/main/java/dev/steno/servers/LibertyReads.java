package dev.steno.servers;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Stands before the {@code TCPReadRequestContext} of one connection, and before the callback of each of its reads. The
 * server sees no head of a frame before it is complete; in place of a frame that is not allowed it sees a close frame
 * of the client that says why, and then it ends the connection as after any other.
 */
final class LibertyReads {
    /** For a close frame behind the last allowed frame, or the beginning of a head before what was read. */
    private static final int ROOM = 140;

    private static final byte[] NOTHING = {};

    private final Object context;
    private final MethodHandle buffer;
    private final FrameGuard guard;
    private Object guarded;
    /** The beginning of a head: to be shown to the server together with its end. */
    private byte[] held = NOTHING;

    /** @param buffer from the context to the bytes that it reads into */
    LibertyReads(Object context, MethodHandle buffer, FrameGuard guard) {
        this.context = context;
        this.buffer = buffer;
        this.guard = guard;
    }

    /** @return the context with its guard */
    Object as(Class<?> type) {
        guarded = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (method.getName().equals("read") && method.getParameterCount() == 4 && arguments[1] != null) {
                return read(method, arguments);
            }
            return call(context, method, arguments);
        });
        return guarded;
    }

    /** {@code VirtualConnection read(long, TCPReadCompletedCallback, boolean, int)}. */
    private Object read(Method method, Object[] arguments) throws Throwable {
        if (guard.violation() != null) {
            return null; // the server ends the connection
        }
        Class<?> type = method.getParameterTypes()[1];
        Object callback = arguments[1];
        Object[] again = arguments.clone();
        again[1] = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, event, parameters) -> {
            if (parameters == null || parameters.length < 2) {
                return call(callback, event, parameters);
            }
            parameters[1] = guarded;
            if (event.getName().equals("complete") && !admit()) {
                prepare();
                return call(context, method, again);
            }
            return call(callback, event, parameters);
        });
        prepare();
        return call(context, method, again);
    }

    /** Leaves room in what will be read into. */
    private void prepare() throws Throwable {
        ByteBuffer bytes = bytes();
        bytes.limit(bytes.capacity() - ROOM);
    }

    /** @return whether there is something for the server to see */
    private boolean admit() throws Throwable {
        ByteBuffer bytes = bytes();
        bytes.limit(bytes.capacity());
        int begin = held.length;
        prepend(bytes);
        int end = bytes.position();
        int allowed = guard.scan(bytes.duplicate().limit(end).position(begin));
        Violation violation = guard.violation();
        if (violation != null) {
            bytes.position(allowed == 0 ? 0 : begin + allowed);
            bytes.put(closeFrame(violation));
            return true;
        }
        int complete = end - guard.headBytes();
        bytes.position(complete);
        held = new byte[end - complete];
        bytes.get(held);
        bytes.position(complete);
        return complete > 0;
    }

    /** Only now, because a read that fails or is cancelled leaves its buffer behind. */
    private void prepend(ByteBuffer bytes) {
        if (held.length > 0) {
            byte[] read = new byte[bytes.position()];
            bytes.position(0);
            bytes.get(read);
            bytes.position(0);
            bytes.put(held).put(read);
        }
    }

    private ByteBuffer bytes() throws Throwable {
        return (ByteBuffer) buffer.invokeExact(context);
    }

    /** As a client sends it; masked with zeros. */
    private static byte[] closeFrame(Violation why) {
        byte[] reason = why.reason().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + reason.length)
                .put((byte) 0x88)
                .put((byte) (0x80 | (2 + reason.length)))
                .putInt(0)
                .putShort((short) why.code())
                .put(reason)
                .array();
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
