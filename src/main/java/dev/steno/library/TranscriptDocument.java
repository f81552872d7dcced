package dev.steno.library;

import dev.steno.archive.ArchivedTranscript;
import dev.steno.archive.TranscriptJson;
import dev.steno.archive.TranscriptStem;
import dev.steno.transcript.Recording;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.Transcript;
import dev.steno.transcript.TranscriptSegment;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The JSON document of one transcript: as it is stored, or made of the plain text where there is none. Fields that this
 * version does not know stay in it.
 */
final class TranscriptDocument {
    static final String TITLE = "title";
    static final String SPEAKERS = "speakers";
    static final String SEGMENTS = "segments";
    static final String TEXT = "text";

    static final JsonProvider JSON = JsonProvider.provider();

    private final TranscriptStem stem;
    private final JsonObject json;
    private List<TranscriptSegment> segments; // read when they are asked for

    TranscriptDocument(TranscriptStem stem, JsonObject json) {
        this.stem = stem;
        this.json = json;
    }

    /** @throws JsonException if the stored JSON is none */
    static TranscriptDocument of(ArchivedTranscript archived) {
        return archived.isJson()
                ? new TranscriptDocument(archived.stem(), TranscriptJson.parse(archived.content()))
                : ofText(archived, JsonValue.EMPTY_JSON_OBJECT);
    }

    /**
     * Of the plain text: what was said, without the times at which it was said.
     *
     * @param known fields of its JSON, where there is one without segments that can be used
     */
    static TranscriptDocument ofText(ArchivedTranscript archived, JsonObject known) {
        var segments = JSON.createArrayBuilder();
        List<String> lines =
                archived.content().lines().filter(line -> !line.isBlank()).toList();
        for (int i = 0; i < lines.size(); i++) {
            segments.add(JSON.createObjectBuilder()
                    .add("segment", i)
                    .add(TEXT, lines.get(i))
                    .add("start", 0)
                    .add("end", 0)
                    .add("words", JsonValue.EMPTY_JSON_ARRAY));
        }
        var document = JSON.createObjectBuilder();
        archived.session().ifPresent(id -> document.add("session_id", id.toString()));
        document.add("started_at", archived.stem().second().toString())
                .addAll(JSON.createObjectBuilder(known))
                .add(SEGMENTS, segments);
        return new TranscriptDocument(archived.stem(), document.build());
    }

    JsonObject json() {
        return json;
    }

    String text() {
        return json + "\n";
    }

    Optional<String> title() {
        return string(TITLE);
    }

    Optional<String> sessionId() {
        return string("session_id");
    }

    Optional<String> owner() {
        return string("owner");
    }

    Optional<String> engine() {
        return string("engine");
    }

    Optional<String> languageCode() {
        return string("language_code");
    }

    OptionalDouble duration() {
        return json.get("duration") instanceof JsonNumber number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    Instant startedAt() {
        try {
            return string("started_at").map(Instant::parse).orElse(stem.second());
        } catch (DateTimeException e) {
            return stem.second();
        }
    }

    /** Names by the engine's labels; empty where nobody was named. */
    Map<String, String> speakers() {
        Map<String, String> names = new LinkedHashMap<>();
        if (json.get(SPEAKERS) instanceof JsonObject speakers) {
            speakers.forEach((label, name) -> {
                if (name instanceof JsonString text) {
                    names.put(label, text.getString());
                }
            });
        }
        return names;
    }

    /** @throws JsonException if they are not as Steno writes them */
    List<TranscriptSegment> segments() {
        if (segments == null) {
            segments = List.copyOf(readSegments());
        }
        return segments;
    }

    private List<TranscriptSegment> readSegments() {
        List<TranscriptSegment> read = new ArrayList<>();
        for (JsonValue segment : json.get(SEGMENTS) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY) {
            if (!(segment instanceof JsonObject object)) {
                throw new JsonException("a segment is no object");
            }
            read.add(TranscriptJson.readSegment(object));
        }
        return read;
    }

    /** What renderers need; the rest of the recording they do not look at. */
    Transcript transcript() {
        Recording recording = new Recording(
                SessionId.random(),
                startedAt(),
                engine().orElse("unknown"),
                languageCode().orElse("und"));
        return new Transcript(recording, segments(), duration().orElse(0));
    }

    private Optional<String> string(String name) {
        return json.get(name) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }
}
