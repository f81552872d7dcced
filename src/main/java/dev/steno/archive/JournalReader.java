package dev.steno.archive;

import dev.steno.transcript.Recording;
import dev.steno.transcript.TranscriptSegment;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads all that is sound in a journal, line by line; what is not, it notes and skips. */
final class JournalReader {
    private final TreeMap<Integer, TranscriptSegment> segments = new TreeMap<>();
    private Recording recording;
    private JournalEntry.Origin origin;
    private List<String> tokens = List.of();
    private long settledBytes;
    private JournalEntry.Attempt lastAttempt;
    private boolean whole = true;

    private JournalReader() {}

    static JournalContent read(Path file) throws IOException {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            return read(bytes, file);
        }
    }

    /** @param file of which only the name is read */
    static JournalContent read(InputStream bytes, Path file) throws IOException {
        JournalReader reader = new JournalReader();
        reader.readLines(bytes);
        return reader.content(file);
    }

    private void readLines(InputStream bytes) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        for (int next = bytes.read(); next >= 0; next = bytes.read()) {
            if (next == '\n') {
                take(line.toByteArray());
                line.reset();
                tooLong = false;
            } else if (line.size() < JournalLine.MOST_BYTES && !tooLong) {
                line.write(next);
            } else { // empty, it is skipped to its end
                line.reset();
                tooLong = true;
                whole = false;
            }
        }
        take(line.toByteArray()); // without a newline: torn, unless only the newline is missing
    }

    /** Empty lines are no fault: a journal that is written on after a crash begins a new line first. */
    private void take(byte[] line) {
        if (line.length == 0) {
            return;
        }
        Optional<JournalEntry> entry = JournalLine.decode(line);
        if (entry.isEmpty()) {
            whole = false;
        } else {
            take(entry.get());
        }
    }

    private void take(JournalEntry entry) {
        if (entry instanceof JournalEntry.Header header) {
            recording = header.recording();
        } else if (entry instanceof JournalEntry.Origin known) {
            origin = known;
        } else if (entry instanceof JournalEntry.Tokens good) {
            tokens = good.hashes();
        } else if (entry instanceof JournalEntry.Segment segment) {
            segments.putIfAbsent(segment.segment().number(), segment.segment());
            settledBytes = Math.max(settledBytes, segment.settledBytes().orElse(0));
        } else if (entry instanceof JournalEntry.Settled settled) {
            settledBytes = Math.max(settledBytes, settled.bytes());
        } else if (entry instanceof JournalEntry.Attempt attempt) {
            lastAttempt = attempt;
        }
    }

    private JournalContent content(Path file) {
        Optional<Recording> known = Optional.ofNullable(recording).or(() -> JournalName.parse(file));
        return new JournalContent(
                known,
                Optional.ofNullable(origin),
                tokens,
                List.copyOf(segments.values()),
                settledBytes,
                Optional.ofNullable(lastAttempt),
                whole && recording != null);
    }
}
