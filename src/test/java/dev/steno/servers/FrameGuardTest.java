package dev.steno.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameGuardTest {
    private static final int FIN = 0x80;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;

    private final AtomicLong now = new AtomicLong();
    private final FrameGuard guard = new FrameGuard(now::get);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000, 100_000})
    void lets_usual_frames_pass_however_they_are_cut(int cut) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int size : new int[] {0, 1, 125, 126, 3_200, 65_535, 65_536, 200_000}) {
            frames.writeBytes(frame(FIN | BINARY, size));
            frames.writeBytes(frame(TEXT, size));
            frames.writeBytes(frame(PING, 4));
            frames.writeBytes(frame(FIN, size));
        }
        byte[] all = frames.toByteArray();
        for (int from = 0; from < all.length; from += cut) {
            int length = Math.min(cut, all.length - from);
            assertThat(guard.scan(ByteBuffer.wrap(all, from, length))).isEqualTo(length);
        }
        assertThat(guard.violation()).isNull();
    }

    @Test
    void allows_what_came_before_a_frame_that_is_not_allowed() {
        byte[] good = frame(FIN | BINARY, 10);
        byte[] bad = {(byte) 0x82, 5, 1, 2, 3, 4, 5};
        ByteBuffer both = ByteBuffer.allocate(100).put(good).put(bad).flip();
        assertThat(guard.scan(both)).isEqualTo(good.length);
        assertThat(guard.violation()).isEqualTo(Violation.NOT_MASKED);
        assertThat(guard.scan(both)).isZero();
    }

    @Test
    void allows_no_fragments_without_end_even_if_they_are_empty() {
        guard.scan(ByteBuffer.wrap(frame(BINARY, 0)));
        for (int i = 1; i < FrameGuard.FRAGMENTS; i++) {
            guard.scan(ByteBuffer.wrap(frame(0, 0)));
        }
        assertThat(guard.violation()).isNull();
        guard.scan(ByteBuffer.wrap(frame(0, 0)));
        assertThat(guard.violation()).isEqualTo(Violation.FRAGMENTS);
    }

    @Test
    void counts_fragments_and_bytes_of_each_message_anew() {
        for (int message = 0; message < 5; message++) {
            guard.scan(ByteBuffer.wrap(frame(TEXT, 500_000)));
            for (int i = 2; i < FrameGuard.FRAGMENTS; i++) {
                guard.scan(ByteBuffer.wrap(frame(0, 1)));
            }
            guard.scan(ByteBuffer.wrap(frame(FIN, 0)));
        }
        assertThat(guard.violation()).isNull();
    }

    @Test
    void refuses_a_message_that_is_too_large_by_its_heads_alone() {
        guard.scan(ByteBuffer.wrap(frame(TEXT, FrameGuard.MESSAGE_BYTES)));
        assertThat(guard.violation()).isNull();
        assertThat(guard.scan(ByteBuffer.wrap(frame(0, 1)))).isZero();
        assertThat(guard.violation()).isEqualTo(Violation.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(longs = {FrameGuard.MESSAGE_BYTES + 1, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void refuses_a_frame_that_is_too_large(long length) {
        guard.scan(ByteBuffer.wrap(head(FIN | BINARY, length)));
        assertThat(guard.violation()).isEqualTo(Violation.TOO_LARGE);
    }

    @Test
    void refuses_control_frames_that_are_none() {
        guard.scan(ByteBuffer.wrap(frame(PING, 126)));
        assertThat(guard.violation()).isEqualTo(Violation.NO_CONTROL_FRAME);
        FrameGuard another = new FrameGuard(now::get);
        another.scan(ByteBuffer.wrap(frame(0x09, 1)));
        assertThat(another.violation()).isEqualTo(Violation.NO_CONTROL_FRAME);
    }

    @Test
    void allows_pings_and_pongs_now_and_then_for_ever() {
        for (int i = 0; i < 10_000; i++) {
            guard.scan(ByteBuffer.wrap(frame(PING, 125)));
            guard.sent((byte) PONG);
            guard.settle();
            now.addAndGet(1_000_000_000L / FrameGuard.CONTROL_FRAMES_PER_SECOND);
        }
        assertThat(guard.violation()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {PING, PONG})
    void ends_a_flood_of_control_frames(int first) {
        for (int i = 0; i < FrameGuard.CONTROL_FRAMES; i++) {
            guard.scan(ByteBuffer.wrap(frame(first, 0)));
        }
        assertThat(guard.violation()).isNull();
        guard.scan(ByteBuffer.wrap(frame(first, 0)));
        assertThat(guard.violation()).isEqualTo(Violation.CONTROL_FRAMES);
    }

    @Test
    void ends_a_connection_on_which_pings_are_not_answered_any_more() {
        for (int i = 0; i <= FrameGuard.UNANSWERED; i++) {
            guard.settle();
            assertThat(guard.violation()).isNull();
            guard.scan(ByteBuffer.wrap(frame(PING, 0)));
            now.addAndGet(1_000_000_000L);
        }
        guard.settle();
        assertThat(guard.violation()).isEqualTo(Violation.NOT_READING);
    }

    static byte[] frame(int first, int length) {
        byte[] head = head(first, length);
        return ByteBuffer.allocate(head.length + length).put(head).array();
    }

    /** With a mask of zeros at its end. */
    static byte[] head(int first, long length) {
        ByteBuffer head = ByteBuffer.allocate(14).put((byte) first);
        if (length >= 0 && length < 126) {
            head.put((byte) (0x80 | length));
        } else if (length >= 0 && length < 65_536) {
            head.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            head.put((byte) (0x80 | 127)).putLong(length);
        }
        head.putInt(0).flip();
        byte[] bytes = new byte[head.remaining()];
        head.get(bytes);
        return bytes;
    }
}
