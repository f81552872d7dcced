package dev.steno.it.listening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steno.it.SharedSteno;
import dev.steno.testing.Clip;
import dev.steno.testing.SentAudio;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.WordErrorRate;
import jakarta.json.JsonObject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Audio in other formats than Steno's own, over {@code /ws}. */
@DisabledIfSystemProperty(named = "steno.slim", matches = "true", disabledReason = SharedSteno.SLIM)
class FormatsIT {
    private final StenoProcess steno = SharedSteno.listening();
    private final Clip clip = Clip.shipped("weather.wav");

    @Test
    void hears_telephone_audio_and_counts_in_its_own_format() {
        byte[] audio = SentAudio.mulaw(clip.audio(), 8_000);
        assertHeard("\"encoding\":\"mulaw\",\"sample_rate\":8000", audio, 800, 0.35);
    }

    @Test
    void hears_audio_at_48_khz_as_well_as_at_its_own_rate() {
        byte[] audio = SentAudio.pcm(clip.audio(), 48_000);
        assertHeard("\"sample_rate\":48000", audio, 9_600, 0.2);
    }

    private void assertHeard(String format, byte[] audio, int chunkBytes, double mostErrors) {
        try (StenoClient client = StenoClient.connect(steno.base())) {
            client.text("{\"type\":\"control\",\"action\":\"start\"," + format + "}");
            for (int from = 0; from < audio.length; from += chunkBytes) {
                client.binary(Arrays.copyOfRange(audio, from, Math.min(audio.length, from + chunkBytes)));
            }
            client.control("stop");
            JsonObject saved = client.await("saved");
            assertThat(client.awaitClose()).isEqualTo(1000);
            assertThat(saved.getJsonNumber("duration").doubleValue()).isEqualTo(clip.seconds(), within(0.001));
            assertThat(WordErrorRate.of(clip.text(), client.text()).rate()).isLessThanOrEqualTo(mostErrors);
        }
    }

    @Test
    void refuses_chunks_that_end_within_a_sample_and_phrases_that_nobody_would_heed() {
        try (StenoClient client = StenoClient.connect(steno.base())) {
            client.text("{\"type\":\"control\",\"action\":\"start\",\"phrases\":[\"Helgevold\"]}");
            assertThat(client.awaitError("bad_option").getString("message")).contains("phrases");
            client.text("{\"type\":\"control\",\"action\":\"start\",\"sample_rate\":24000,\"channels\":2}");
            client.binary(new byte[6]);
            assertThat(client.awaitError("bad_audio").getString("message")).contains("multiple of 4");
        }
    }
}
