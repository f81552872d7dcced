package dev.steno.session.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.ManualTime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StallWatchdogTest {
    /** 20 ms at one per cent of full scale, and just below. */
    private static final ByteBuffer AUDIBLE = frame(328);

    private static final ByteBuffer QUIET = frame(327);

    private final ManualTime time = new ManualTime();
    private final StallWatchdog watchdog = new StallWatchdog(Duration.ofSeconds(30), time::nanoTime);

    @Test
    void barks_after_five_audible_seconds_and_thirty_without_an_event() {
        send(AUDIBLE, 249);
        time.advance(Duration.ofSeconds(30));
        assertThat(watchdog.stalled()).isFalse();
        send(AUDIBLE, 1);
        assertThat(watchdog.stalled()).isTrue();
    }

    @Test
    void waits_for_the_time_out_however_much_is_said() {
        send(AUDIBLE, 10_000);
        time.advance(Duration.ofSeconds(30).minusNanos(1));
        assertThat(watchdog.stalled()).isFalse();
        time.advance(Duration.ofNanos(1));
        assertThat(watchdog.stalled()).isTrue();
    }

    @Test
    void counts_anew_after_each_event() {
        send(AUDIBLE, 249);
        time.advance(Duration.ofSeconds(31));
        watchdog.onEvent();
        time.advance(Duration.ofSeconds(31));
        send(AUDIBLE, 249);
        assertThat(watchdog.stalled()).isFalse();
        send(AUDIBLE, 1);
        assertThat(watchdog.stalled()).isTrue();
        watchdog.onEvent();
        assertThat(watchdog.stalled()).isFalse();
    }

    @Test
    void adds_up_what_was_audible_between_silences() {
        for (int i = 0; i < 250; i++) {
            assertThat(watchdog.stalled()).isFalse();
            send(QUIET, 10);
            time.advance(Duration.ofSeconds(1));
            send(AUDIBLE, 1);
        }
        assertThat(watchdog.stalled()).isTrue();
    }

    @Test
    void lets_silence_be_silent() {
        send(QUIET, 5_000);
        time.advance(Duration.ofHours(1));
        assertThat(watchdog.stalled()).isFalse();
    }

    @Test
    void hears_negative_samples_and_frames_in_pieces() {
        ByteBuffer loud = frame(-20_000);
        time.advance(Duration.ofSeconds(30));
        for (int i = 0; i < 250; i++) {
            watchdog.onSent(loud.duplicate().position(222).limit(222), 0);
            watchdog.onSent(loud.duplicate().position(640), 222);
        }
        assertThat(watchdog.stalled()).isTrue();
    }

    @Test
    void barks_when_the_service_takes_no_more_even_of_silence() {
        time.advance(Duration.ofSeconds(30));
        watchdog.onSent(QUIET.duplicate().position(320), 0);
        assertThat(watchdog.stalled()).isTrue();
        watchdog.onSent(QUIET.duplicate().position(640), 320);
        assertThat(watchdog.stalled()).isFalse();
    }

    private void send(ByteBuffer frame, int count) {
        for (int i = 0; i < count; i++) {
            watchdog.onSent(frame.duplicate().position(frame.limit()), 0);
        }
    }

    private static ByteBuffer frame(int level) {
        ByteBuffer frame = ByteBuffer.allocate(640).order(ByteOrder.LITTLE_ENDIAN);
        while (frame.hasRemaining()) {
            frame.putShort((short) level);
        }
        return frame.flip();
    }
}
