package dev.steno.library;

import dev.steno.archive.TranscriptJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a reader corrects in a transcript: title, names of speakers, text of segments. What the engine had said stays in
 * the document, beside the correction.
 *
 * @param title a new one, or empty text to take it away; empty where it stays as it is
 * @param speakers names by label; empty text takes one away
 * @param segments texts by number
 */
record TranscriptPatch(Optional<String> title, Map<String, String> speakers, Map<Integer, String> segments) {
    private static final String ORIGINAL = "original_text";
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 20_000;
    private static final Set<String> FIELDS =
            Set.of(TranscriptDocument.TITLE, TranscriptDocument.SPEAKERS, TranscriptDocument.SEGMENTS);

    /** @throws Problem (400) for anything else */
    static TranscriptPatch parse(String body) {
        JsonObject json = object(body);
        for (String field : json.keySet()) {
            require(FIELDS.contains(field), "Only title, speakers and segments can be changed.");
        }
        Optional<String> title = Optional.ofNullable(json.get(TranscriptDocument.TITLE))
                .map(value -> line("title", value, LONGEST_NAME));
        Map<String, String> speakers = new LinkedHashMap<>();
        JsonValue names = json.getOrDefault(TranscriptDocument.SPEAKERS, JsonValue.EMPTY_JSON_OBJECT);
        require(names instanceof JsonObject, "speakers must be an object: {\"<label>\": \"<name>\"}.");
        names.asJsonObject().forEach((label, name) -> {
            require(!label.isBlank() && label.length() <= LONGEST_NAME, "A speaker's label is missing or too long.");
            speakers.put(label, line("The name of a speaker", name, LONGEST_NAME));
        });
        return new TranscriptPatch(title, speakers, segments(json));
    }

    private static JsonObject object(String body) {
        try {
            return TranscriptJson.parse(body);
        } catch (JsonException e) {
            throw Problem.badRequest("The body must be a JSON object with title, speakers or segments.");
        }
    }

    private static Map<Integer, String> segments(JsonObject json) {
        Map<Integer, String> segments = new LinkedHashMap<>();
        JsonValue list = json.getOrDefault(TranscriptDocument.SEGMENTS, JsonValue.EMPTY_JSON_ARRAY);
        require(list instanceof JsonArray, "segments must be a list of {\"segment\": <number>, \"text\": \"...\"}.");
        for (JsonValue each : list.asJsonArray()) {
            require(
                    each instanceof JsonObject segment
                            && segment.keySet().equals(Set.of("segment", TranscriptDocument.TEXT))
                            && segment.get("segment") instanceof JsonNumber number
                            && number.isIntegral(),
                    "Each of segments must be {\"segment\": <number>, \"text\": \"...\"}.");
            String text = line("text", each.asJsonObject().get(TranscriptDocument.TEXT), LONGEST_TEXT);
            require(!text.isEmpty(), "The text of a segment must not be empty.");
            segments.put(each.asJsonObject().getInt("segment"), text);
        }
        return segments;
    }

    /** As one line without control characters; null is the same as nothing. */
    private static String line(String what, JsonValue value, int longest) {
        if (value == JsonValue.NULL) {
            return "";
        }
        require(value instanceof JsonString, what + " must be text.");
        String line = ((JsonString) value)
                .getString()
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        require(line.length() <= longest, what + " must have at most " + longest + " characters.");
        return line;
    }

    private static void require(boolean fulfilled, String message) {
        if (!fulfilled) {
            throw Problem.badRequest(message);
        }
    }

    /**
     * The document with the corrections in it.
     *
     * @throws Problem (400) if there is no segment of one of the numbers
     */
    JsonObject apply(JsonObject document, Instant now) {
        JsonObjectBuilder edited = TranscriptDocument.JSON.createObjectBuilder(document);
        title.ifPresent(text -> addOrRemove(edited, TranscriptDocument.TITLE, text));
        if (!speakers.isEmpty()) {
            edited.add(TranscriptDocument.SPEAKERS, named(document));
        }
        if (!segments.isEmpty()) {
            edited.add(TranscriptDocument.SEGMENTS, corrected(document));
        }
        return edited.add("edited_at", now.toString()).build();
    }

    private JsonObjectBuilder named(JsonObject document) {
        JsonObjectBuilder names = document.get(TranscriptDocument.SPEAKERS) instanceof JsonObject before
                ? TranscriptDocument.JSON.createObjectBuilder(before)
                : TranscriptDocument.JSON.createObjectBuilder();
        speakers.forEach((label, name) -> addOrRemove(names, label, name));
        return names;
    }

    private JsonArrayBuilder corrected(JsonObject document) {
        JsonArrayBuilder all = TranscriptDocument.JSON.createArrayBuilder();
        Map<Integer, String> rest = new LinkedHashMap<>(segments);
        for (JsonValue value : document.getOrDefault(TranscriptDocument.SEGMENTS, JsonValue.EMPTY_JSON_ARRAY)
                .asJsonArray()) {
            JsonObject segment = value.asJsonObject();
            String text = rest.remove(segment.getInt("segment", -1));
            all.add(text == null ? segment : corrected(segment, text));
        }
        require(rest.isEmpty(), "There is no segment " + rest.keySet() + ".");
        return all;
    }

    private static JsonObject corrected(JsonObject segment, String text) {
        String said = segment.getString(ORIGINAL, segment.getString(TranscriptDocument.TEXT));
        JsonObjectBuilder corrected =
                TranscriptDocument.JSON.createObjectBuilder(segment).add(TranscriptDocument.TEXT, text);
        addOrRemove(corrected, ORIGINAL, said.equals(text) ? "" : said);
        return corrected.build();
    }

    private static void addOrRemove(JsonObjectBuilder object, String name, String value) {
        if (value.isEmpty()) {
            object.remove(name);
        } else {
            object.add(name, value);
        }
    }
}
