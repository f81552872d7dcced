package dev.steno.session.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.transcript.AudioFormat;
import org.junit.jupiter.api.Test;

class HasteTest {
    private static final int SECOND = AudioFormat.BYTES_PER_SECOND;
    private static final long NANOS = 1_000_000_000L;

    private final Haste haste = new Haste(-7);

    @Test
    void is_none_where_audio_comes_as_it_is_spoken() {
        for (int second = 1; second < 10_000; second++) {
            assertThat(haste.add(SECOND, -7 + second * NANOS)).isZero();
        }
    }

    @Test
    void is_what_comes_sooner_than_it_can_be_spoken() {
        assertThat(haste.add(5 * SECOND, -7)).isEqualTo(5 * SECOND);
        assertThat(haste.add(5 * SECOND, -7 + NANOS)).isEqualTo(9 * SECOND);
    }

    @Test
    void is_none_where_the_server_did_not_read_for_a_minute() {
        assertThat(haste.add(60 * SECOND, -7 + 60 * NANOS)).isZero();
        assertThat(haste.add(SECOND, -7 + 61 * NANOS)).isZero();
    }

    @Test
    void earns_no_more_credit_in_a_long_pause_than_in_a_stall() {
        assertThat(haste.add(100 * SECOND, -7 + 3_600 * NANOS)).isEqualTo(25 * SECOND);
    }
}
