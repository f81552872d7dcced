package dev.steno.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With interfaces of the same form as Open Liberty's; {@code AttacksIT} shows it there. */
class LibertyReadsTest {
    private final Channel channel = new Channel();
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    /** Knows whether a head has been seen whole. */
    private final FrameGuard heads = new FrameGuard(() -> 0);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 13, 100, 8_000})
    void shows_the_server_all_that_is_allowed_and_no_half_heads(int cut) throws Throwable {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int size : new int[] {0, 1, 125, 126, 3_200, 65_536}) {
            frames.writeBytes(FrameGuardTest.frame(0x82, size));
            frames.writeBytes(FrameGuardTest.frame(0x89, 4));
        }
        serve();
        channel.receive(frames.toByteArray(), cut);
        assertThat(seen.toByteArray()).isEqualTo(frames.toByteArray());
        assertThat(channel.reads).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8_000})
    void shows_a_close_frame_in_place_of_a_frame_that_is_not_allowed_and_reads_no_more(int cut) throws Throwable {
        byte[] good = FrameGuardTest.frame(0x82, 10);
        byte[] bad = {(byte) 0x82, 2, 0, 0};
        serve();
        channel.receive(good, cut);
        channel.receive(bad, cut);
        byte[] shown = seen.toByteArray();
        assertThat(Arrays.copyOf(shown, good.length)).isEqualTo(good);
        ByteBuffer close = ByteBuffer.wrap(shown).position(good.length);
        assertThat(close.get()).isEqualTo((byte) 0x88);
        assertThat(close.get() & 0x7F).isEqualTo(close.remaining() - 4);
        assertThat(close.getInt()).isZero();
        assertThat(close.getShort()).isEqualTo((short) 1002);
        assertThat(channel.callback).isNull();
    }

    /** The server cancels a read when it closes a connection, and then reads on into another buffer. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5, 10})
    void loses_nothing_by_reads_that_are_cancelled(int before) throws Throwable {
        byte[] frames = FrameGuardTest.frame(0x82, 10);
        serve();
        channel.receive(Arrays.copyOf(frames, before), 100);
        channel.callback.error(this, channel, new IOException("timed out"));
        channel.receive(Arrays.copyOfRange(frames, before, frames.length), 100);
        assertThat(seen.toByteArray()).isEqualTo(frames);
    }

    /** As the server does: reads on with what its callback was given. */
    private void serve() throws Throwable {
        MethodHandle buffer = MethodHandles.lookup()
                .findVirtual(Reader.class, "getBuffer", MethodType.methodType(ByteBuffer.class))
                .asType(MethodType.methodType(ByteBuffer.class, Object.class));
        read((Reader) new LibertyReads(channel, buffer, new FrameGuard(() -> 0)).as(Reader.class));
    }

    private void read(Reader reader) {
        channel.buffer = ByteBuffer.allocate(8_192);
        reader.read(
                1,
                new Callback() {
                    @Override
                    public void complete(Object connection, Reader from) {
                        ByteBuffer bytes = from.getBuffer().flip();
                        assertThat(heads.scan(bytes)).isEqualTo(bytes.remaining());
                        assertThat(heads.headBytes()).isZero();
                        byte[] shown = new byte[bytes.remaining()];
                        bytes.get(shown);
                        seen.writeBytes(shown);
                        read(from);
                    }

                    @Override
                    public void error(Object connection, Reader from, Exception fault) {
                        read(from);
                    }
                },
                true,
                0);
    }

    public interface Callback {
        void complete(Object connection, Reader from);

        void error(Object connection, Reader from, Exception fault);
    }

    public interface Reader {
        Object read(long bytes, Callback callback, boolean queue, int timeout);

        ByteBuffer getBuffer();
    }

    private static final class Channel implements Reader {
        private ByteBuffer buffer;
        private Callback callback;
        private int reads;

        @Override
        public Object read(long bytes, Callback then, boolean queue, int timeout) {
            reads++;
            callback = then;
            return null;
        }

        @Override
        public ByteBuffer getBuffer() {
            return buffer;
        }

        private void receive(byte[] bytes, int cut) {
            for (int from = 0; from < bytes.length && callback != null; ) {
                int length = Math.min(Math.min(cut, bytes.length - from), buffer.remaining());
                buffer.put(bytes, from, length);
                from += length;
                Callback present = callback;
                callback = null;
                present.complete(this, this);
            }
        }
    }
}
