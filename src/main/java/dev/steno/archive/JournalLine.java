package dev.steno.archive;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonGenerator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
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
            case "segment" -> new JournalEntry.Segment(TranscriptJson.readSegment(line));
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

    static String checksum(byte[] json) {
        CRC32C crc = new CRC32C();
        crc.update(json);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
