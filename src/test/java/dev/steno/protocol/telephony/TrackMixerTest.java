package dev.steno.protocol.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TrackMixerTest {
    private final TrackMixer mixer = new TrackMixer();

    @Test
    void interleaves_what_both_tracks_have() {
        assertThat(mixer.add(false, new byte[] {1, 2, 3})).isEmpty();
        assertThat(mixer.add(true, new byte[] {11, 12})).containsExactly(1, 11, 2, 12);
        assertThat(mixer.drain()).containsExactly(3, -1);
        assertThat(mixer.drain()).isEmpty();
    }

    @Test
    void does_not_wait_for_a_track_on_which_nothing_plays() {
        byte[] second = new byte[8_000];
        Arrays.fill(second, (byte) 7);
        byte[] mixed = mixer.add(false, second);
        assertThat(mixed).hasSize(2 * (8_000 - 1_600)).startsWith(7, -1, 7, -1);
        assertThat(mixer.add(true, new byte[] {11})).startsWith(7, 11);
    }
}
