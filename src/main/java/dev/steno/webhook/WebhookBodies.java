package dev.steno.webhook;

import dev.steno.archive.StoredTranscript;
import dev.steno.archive.TranscriptStem;
import dev.steno.session.RecordingListener.Description;
import dev.steno.transcript.PlainText;
import dev.steno.transcript.Recording;
import dev.steno.transcript.Transcript;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Bodies of events: {@code type}, {@code timestamp} and {@code data}, as Standard Webhooks recommends. {@code data} has
 * the same fields in each event; what is not known yet is null.
 */
final class WebhookBodies {
    private final boolean withText;

    WebhookBodies(boolean withText) {
        this.withText = withText;
    }

    String started(String type, Description recording, Instant startedAt) {
        return body(type, startedAt, data(recording).add("started", startedAt.toString()));
    }

    /** @param transcript empty if nothing was recognised */
    String ended(String type, Description recording, Instant at, Optional<Transcript> transcript) {
        return body(type, at, transcript.map(WebhookBodies::data).orElseGet(() -> data(recording)));
    }

    String ended(String type, Transcript transcript, Instant at) {
        return body(type, at, data(transcript));
    }

    String saved(String type, Transcript transcript, StoredTranscript stored, List<String> formats, Instant at) {
        JsonObjectBuilder data =
                data(transcript).add("location", stored.location()).add("formats", Json.createArrayBuilder(formats));
        add(data, "stem", stored.listed().map(TranscriptStem::toString));
        if (withText) {
            data.add("text", PlainText.render(transcript));
        }
        return body(type, at, data);
    }

    private static JsonObjectBuilder data(Description recording) {
        JsonObjectBuilder data =
                unknown().add("session_id", recording.sessionId().toString());
        add(data, "engine", Optional.of(recording.engine()));
        add(data, "language_code", Optional.of(recording.languageCode()));
        add(data, "owner", Optional.of(recording.owner().identity()));
        return data;
    }

    private static JsonObjectBuilder data(Transcript transcript) {
        Recording recording = transcript.recording();
        JsonObjectBuilder data = unknown()
                .add("session_id", recording.sessionId().toString())
                .add("started", recording.startedAt().toString())
                .add("duration", transcript.durationSeconds())
                .add("segments", transcript.segments().size());
        add(data, "engine", Optional.of(recording.engine()));
        add(data, "language_code", Optional.of(recording.languageCode()));
        add(data, "owner", recording.owner());
        return data;
    }

    /** All fields, in their order. */
    private static JsonObjectBuilder unknown() {
        return Json.createObjectBuilder()
                .addNull("session_id")
                .addNull("stem")
                .addNull("location")
                .add("formats", JsonValue.EMPTY_JSON_ARRAY)
                .addNull("started")
                .addNull("duration")
                .add("segments", 0);
    }

    private static void add(JsonObjectBuilder data, String name, Optional<String> value) {
        value.filter(text -> !text.isEmpty()).ifPresentOrElse(text -> data.add(name, text), () -> data.addNull(name));
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
