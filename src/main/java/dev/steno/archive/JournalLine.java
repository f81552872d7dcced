package dev.steno.archive;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * A {@link JournalEntry} as a line of text: the CRC-32C of the JSON in eight hexadecimal digits, a space, the JSON, a
 * newline. A line cut short or changed by a fault does not decode; its neighbours do.
 */
final class JournalLine {
    /** A final segment with its words has some kilobytes; a longer line is a fault, and must not fill the memory. */
    static final int MOST_BYTES = 1 << 20;

    /** Rises when old journals can no longer be read; a line of another version is kept, not understood. */
    private static final int VERSION = 1;

    private static final int CHECKSUM_DIGITS = 8;

    private JournalLine() {}

    static byte[] encode(JournalEntry entry) {
        byte[] json = TranscriptJson.object(line -> write(line, entry)).getBytes(StandardCharsets.UTF_8);
        String line = checksum(json) + " " + new String(json, StandardCharsets.UTF_8) + "\n";
        return line.getBytes(StandardCharsets.UTF_8);
    }

    /** @param line without its newline */
    static Optional<JournalEntry> decode(byte[] line) {
        if (line.length <= CHECKSUM_DIGITS || line[CHECKSUM_DIGITS] != ' ') {
            return Optional.empty();
        }
        byte[] json = Arrays.copyOfRange(line, CHECKSUM_DIGITS + 1, line.length);
        String expected = new String(line, 0, CHECKSUM_DIGITS, StandardCharsets.ISO_8859_1);
        if (!checksum(json).equals(expected)) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(TranscriptJson.parse(new String(json, StandardCharsets.UTF_8))));
        } catch (JsonException e) {
            return Optional.empty(); // whole, but not written by this version
        }
    }

    private static void write(JsonGenerator line, JournalEntry entry) {
        if (entry instanceof JournalEntry.Header header) {
            line.write("type", "recording");
            line.write("version", VERSION);
            TranscriptJson.writeRecording(line, header.recording());
        } else if (entry instanceof JournalEntry.Segment segment) {
            line.write("type", "segment");
            TranscriptJson.writeSegment(line, segment.segment());
            segment.settledBytes().ifPresent(bytes -> line.write("settled_bytes", bytes));
        } else if (entry instanceof JournalEntry.Origin origin) {
            line.write("type", "origin");
            line.writeStartObject("options");
            origin.options().forEach(line::write);
            line.writeEnd();
        } else if (entry instanceof JournalEntry.Tokens tokens) {
            line.write("type", "tokens");
            line.writeStartArray("hashes");
            tokens.hashes().forEach(line::write);
            line.writeEnd();
        } else if (entry instanceof JournalEntry.Settled settled) {
            line.write("type", "settled");
            line.write("settled_bytes", settled.bytes());
        } else if (entry instanceof JournalEntry.Attempt attempt) {
            line.write("type", "attempt");
            line.write("stem", attempt.stem());
            line.write("duration", TranscriptJson.seconds(attempt.duration()));
        }
    }

    private static JournalEntry read(JsonObject line) {
        String type = TranscriptJson.text(line, "type");
        return switch (type) {
            case "recording" -> readHeader(line);
            case "segment" -> new JournalEntry.Segment(TranscriptJson.readSegment(line), settledBytes(line));
            case "origin" -> readOrigin(line);
            case "tokens" -> new JournalEntry.Tokens(strings(line.get("hashes")));
            case "settled" -> new JournalEntry.Settled((long) TranscriptJson.number(line, "settled_bytes"));
            case "attempt" ->
                new JournalEntry.Attempt(TranscriptJson.text(line, "stem"), TranscriptJson.number(line, "duration"));
            default -> throw new JsonException("unknown type " + type);
        };
    }

    private static JournalEntry readHeader(JsonObject line) {
        if (TranscriptJson.number(line, "version") != VERSION) {
            throw new JsonException("unknown version");
        }
        return new JournalEntry.Header(TranscriptJson.readRecording(line));
    }

    private static OptionalLong settledBytes(JsonObject line) {
        return line.containsKey("settled_bytes")
                ? OptionalLong.of((long) TranscriptJson.number(line, "settled_bytes"))
                : OptionalLong.empty();
    }

    private static JournalEntry readOrigin(JsonObject line) {
        if (!(line.get("options") instanceof JsonObject object)) {
            throw new JsonException("options is missing");
        }
        Map<String, String> options = new HashMap<>();
        object.keySet().forEach(name -> options.put(name, TranscriptJson.text(object, name)));
        return new JournalEntry.Origin(options);
    }

    private static List<String> strings(JsonValue value) {
        if (!(value instanceof JsonArray array)) {
            throw new JsonException("not a list");
        }
        try {
            return array.getValuesAs(JsonString.class).stream()
                    .map(JsonString::getString)
                    .toList();
        } catch (ClassCastException e) {
            throw new JsonException("not a list of strings", e);
        }
    }

    static String checksum(byte[] json) {
        CRC32C crc = new CRC32C();
        crc.update(json);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
