package dev.steno.webhook;

import dev.steno.archive.StoredTranscript;
import dev.steno.session.RecordingListener.Description;
import dev.steno.transcript.PlainText;
import dev.steno.transcript.Recording;
import dev.steno.transcript.Transcript;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Bodies of events: {@code type}, {@code timestamp} and {@code data}, as Standard Webhooks recommends. */
final class WebhookBodies {
    private final boolean withText;

    WebhookBodies(boolean withText) {
        this.withText = withText;
    }

    String started(Description recording, Instant startedAt) {
        JsonObjectBuilder data = Json.createObjectBuilder()
                .add("session_id", recording.sessionId().toString())
                .add("started", startedAt.toString())
                .add("engine", recording.engine())
                .add("language_code", recording.languageCode())
                .add("owner", recording.owner().identity());
        return body("recording.started", startedAt, data);
    }

    /** @param transcript empty if nothing was recognised */
    String ended(String type, Description recording, Instant at, Optional<Transcript> transcript) {
        JsonObjectBuilder data = transcript.map(this::data).orElseGet(() -> Json.createObjectBuilder()
                .add("session_id", recording.sessionId().toString())
                .add("segments", 0)
                .add("engine", recording.engine())
                .add("language_code", recording.languageCode())
                .add("owner", recording.owner().identity()));
        return body(type, at, data);
    }

    String ended(Transcript transcript, Instant at) {
        return body("recording.ended", at, data(transcript));
    }

    String saved(Transcript transcript, StoredTranscript stored, List<String> formats, Instant at) {
        JsonObjectBuilder data = data(transcript)
                .add("stem", stem(stored))
                .add("location", stored.location())
                .add("formats", Json.createArrayBuilder(formats));
        if (withText) {
            data.add("text", PlainText.render(transcript));
        }
        return body("transcript.saved", at, data);
    }

    private JsonObjectBuilder data(Transcript transcript) {
        Recording recording = transcript.recording();
        return Json.createObjectBuilder()
                .add("session_id", recording.sessionId().toString())
                .add("started", recording.startedAt().toString())
                .add("duration", transcript.durationSeconds())
                .add("segments", transcript.segments().size())
                .add("engine", recording.engine())
                .add("language_code", recording.languageCode())
                .add("owner", recording.owner().orElse(""));
    }

    /** The name without prefix and extension, as the library has it. */
    private static String stem(StoredTranscript stored) {
        String name = stored.key().substring(stored.key().lastIndexOf('/') + 1);
        return name.replaceFirst("\\.txt$", "");
    }

    private static String body(String type, Instant at, JsonObjectBuilder data) {
        return Json.createObjectBuilder()
                .add("type", type)
                .add("timestamp", at.toString())
                .add("data", data)
                .build()
                .toString();
    }
}
