package dev.steno.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.archive.StoredTranscript;
import dev.steno.caller.Caller;
import dev.steno.session.RecordingListener.Description;
import dev.steno.transcript.SampleTranscripts;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.Transcript;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookBodiesTest {
    private static final Instant NOW = Instant.parse("2024-12-15T15:00:00Z");
    private static final String[] FIELDS = {
        "session_id",
        "stem",
        "location",
        "formats",
        "started",
        "duration",
        "segments",
        "engine",
        "language_code",
        "owner"
    };

    private final WebhookBodies bodies = new WebhookBodies(false);
    private final Description recording =
            new Description(SessionId.random(), "sphinx", "en-US", new Caller("", ""), Map.of());
    private final Transcript transcript = SampleTranscripts.golden();

    @Test
    void every_event_has_the_same_fields() {
        StoredTranscript stored = new StoredTranscript("20241215_143022.txt", "/archive/20241215_143022.txt");
        for (String body : List.of(
                bodies.started("recording.started", recording, NOW),
                bodies.ended("recording.ended", recording, NOW, Optional.empty()),
                bodies.ended("recording.ended", recording, NOW, Optional.of(transcript)),
                bodies.ended("recording.ended", transcript, NOW),
                bodies.saved("transcript.saved", transcript, stored, List.of("txt", "json"), NOW))) {
            assertThat(data(body).keySet()).as(body).containsExactly(FIELDS);
        }
    }

    @Test
    void what_is_not_known_is_null() {
        JsonObject started = data(bodies.started("recording.started", recording, NOW));
        assertThat(started.getString("started")).isEqualTo("2024-12-15T15:00:00Z");
        assertThat(started.getString("engine")).isEqualTo("sphinx");
        for (String field : List.of("stem", "location", "duration", "owner")) {
            assertThat(started.get(field)).as(field).isEqualTo(JsonValue.NULL);
        }
        assertThat(started.getInt("segments")).isZero();
        assertThat(started.getJsonArray("formats")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "20241215_143022.txt, 20241215_143022",
        "a/b/20241215_143022_2.txt, 20241215_143022_2",
        "prefix20241215_143022.txt, 20241215_143022",
        "prefix-20241215_143022_1234567.txt, 20241215_143022_1234567"
    })
    void the_stem_is_the_one_of_the_library_whatever_the_prefix(String key, String stem) {
        StoredTranscript stored = new StoredTranscript(key, "s3://bucket/" + key);
        JsonObject saved = data(bodies.saved("transcript.saved", transcript, stored, List.of("txt"), NOW));
        assertThat(saved.getString("stem")).isEqualTo(stem);
        assertThat(saved.getInt("segments")).isEqualTo(5);
    }

    private static JsonObject data(String body) {
        return Json.createReader(new StringReader(body)).readObject().getJsonObject("data");
    }
}
