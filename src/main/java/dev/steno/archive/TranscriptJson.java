package dev.steno.archive;

import dev.steno.spool.WavFile;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.PiiEntity;
import dev.steno.transcript.Recording;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.Transcript;
import dev.steno.transcript.TranscriptSegment;
import dev.steno.transcript.Word;
import dev.steno.transcript.json.SegmentJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Transcripts as JSON: the archived document, and the parts that the journal shares with it. Seconds are rounded to
 * milliseconds. Reading throws {@link JsonException} for anything that this class would not have written.
 */
public final class TranscriptJson {
    /** Looked up once: the static methods of {@code Json} search the class path on every call. */
    private static final JsonProvider JSON = JsonProvider.provider();

    private TranscriptJson() {}

    public static String render(Transcript transcript) {
        return render(transcript, Optional.empty());
    }

    static String render(Transcript transcript, Optional<WavFile> audio) {
        String document = object(json -> {
            writeRecording(json, transcript.recording());
            json.write("duration", seconds(transcript.durationSeconds()));
            audio.ifPresent(file -> writeAudio(json, file));
            json.writeStartArray("segments");
            for (TranscriptSegment segment : transcript.segments()) {
                json.writeStartObject();
                writeSegment(json, segment);
                json.writeEnd();
            }
            json.writeEnd();
        });
        return document + "\n";
    }

    private static void writeAudio(JsonGenerator json, WavFile file) {
        json.writeStartObject("audio");
        json.write("format", TranscriptDocuments.AUDIO);
        json.write("bytes", file.bytes());
        json.write("sample_rate", AudioFormat.SAMPLE_RATE_HERTZ);
        json.writeEnd();
    }

    /** The recording that a document belongs to; empty if it is not such a document. */
    public static Optional<SessionId> sessionId(String document) {
        try {
            return Optional.of(readSessionId(parse(document)));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    static String object(Consumer<JsonGenerator> content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            content.accept(json);
            json.writeEnd();
        }
        return text.toString();
    }

    /** @throws JsonException if it is no JSON object */
    public static JsonObject parse(String text) {
        try (JsonReader reader = JSON.createReader(new StringReader(text))) {
            return reader.readObject();
        } catch (RuntimeException e) { // Parsson answers with one to deep nesting, and JSON-P with its own
            throw new JsonException("no such document", e);
        }
    }

    static void writeRecording(JsonGenerator json, Recording recording) {
        json.write("session_id", recording.sessionId().toString());
        json.write("started_at", recording.startedAt().toString());
        json.write("engine", recording.engine());
        json.write("language_code", recording.languageCode());
        recording.owner().ifPresent(owner -> json.write("owner", owner));
        recording.title().ifPresent(title -> json.write("title", title));
    }

    static Recording readRecording(JsonObject json) {
        try {
            Instant startedAt = Instant.parse(text(json, "started_at"));
            return new Recording(
                    readSessionId(json),
                    startedAt,
                    text(json, "engine"),
                    text(json, "language_code"),
                    optionalText(json, "owner"),
                    optionalText(json, "title"));
        } catch (DateTimeException e) {
            throw new JsonException("started_at is not a moment", e);
        }
    }

    static void writeSegment(JsonGenerator json, TranscriptSegment segment) {
        json.write("segment", segment.number());
        json.write("text", segment.text());
        SegmentJson.writeTimes(json, segment.start(), segment.end());
        segment.languageCode().ifPresent(language -> json.write("language_code", language));
        segment.engine().ifPresent(engine -> json.write("engine", engine));
        SegmentJson.writeWords(json, segment.words());
        if (!segment.entities().isEmpty()) {
            SegmentJson.writeEntities(json, segment.entities());
        }
    }

    /** @throws JsonException for a segment that this class would not have written */
    public static TranscriptSegment readSegment(JsonObject json) {
        if (!(json.get("words") instanceof JsonArray array)) {
            throw new JsonException("words is missing");
        }
        JsonValue entities = json.getOrDefault("entities", JsonValue.EMPTY_JSON_ARRAY);
        if (!(entities instanceof JsonArray entityArray)) {
            throw new JsonException("entities is not an array");
        }
        return new TranscriptSegment(
                (int) number(json, "segment"),
                text(json, "text"),
                number(json, "start"),
                number(json, "end"),
                array.stream().map(TranscriptJson::readWord).toList(),
                optionalText(json, "language_code"),
                entityArray.stream().map(TranscriptJson::readEntity).toList(),
                optionalText(json, "engine"));
    }

    private static Word readWord(JsonValue value) {
        JsonObject json = object(value);
        return new Word(
                text(json, "text"),
                number(json, "start"),
                number(json, "end"),
                readConfidence(json),
                optionalText(json, "speaker"));
    }

    private static PiiEntity readEntity(JsonValue value) {
        JsonObject json = object(value);
        return new PiiEntity(
                text(json, "category"),
                text(json, "type"),
                text(json, "text"),
                number(json, "start"),
                number(json, "end"),
                readConfidence(json));
    }

    private static JsonObject object(JsonValue value) {
        if (value instanceof JsonObject json) {
            return json;
        }
        throw new JsonException("not an object");
    }

    private static double readConfidence(JsonObject json) {
        return json.containsKey("confidence") ? number(json, "confidence") : Double.NaN;
    }

    private static Optional<String> optionalText(JsonObject json, String name) {
        return json.containsKey(name) ? Optional.of(text(json, name)) : Optional.empty();
    }

    static String text(JsonObject json, String name) {
        if (json.get(name) instanceof JsonString text) {
            return text.getString();
        }
        throw new JsonException(name + " is missing");
    }

    static double number(JsonObject json, String name) {
        if (!(json.get(name) instanceof JsonNumber number)) {
            throw new JsonException(name + " is missing");
        }
        try {
            return number.doubleValue();
        } catch (UnsupportedOperationException e) { // Parsson reads no more than 1100 digits
            throw new JsonException(name + " is too long", e);
        }
    }

    /** Never NaN nor infinite, which JSON cannot say. */
    static double seconds(double seconds) {
        return SegmentJson.thousandths(seconds);
    }

    private static SessionId readSessionId(JsonObject json) {
        try {
            return SessionId.parse(text(json, "session_id"));
        } catch (IllegalArgumentException e) {
            throw new JsonException("session_id is not a UUID", e);
        }
    }
}
