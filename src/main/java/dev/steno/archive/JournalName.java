package dev.steno.archive;

import dev.steno.transcript.Recording;
import dev.steno.transcript.SessionId;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;

/**
 * The name of a journal: {@code 20241215T143022Z_<session id>.journal}. It says again what the header says, so that the
 * segments can be archived when the header is lost. One that was taken over from another node has a part more.
 */
final class JournalName {
    private static final String SUFFIX = ".journal";
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private JournalName() {}

    static String of(Recording recording) {
        return stem(recording) + SUFFIX;
    }

    private static String stem(Recording recording) {
        return MOMENT.format(recording.startedAt()) + "_" + recording.sessionId();
    }

    /**
     * Another name each time: this process may still have a file of the recording, from before another node had it, and
     * write to it or delete it at any moment.
     */
    static String takenOver(Recording recording) {
        String own = UUID.randomUUID().toString().substring(0, 8);
        return stem(recording) + "_" + own + SUFFIX;
    }

    static boolean isJournal(Path file) {
        return parse(file).isPresent();
    }

    /** Language {@code und} is BCP 47 for one that is not known. */
    static Optional<Recording> parse(Path file) {
        String name = file.getFileName().toString();
        if (!name.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        String[] parts = name.substring(0, name.length() - SUFFIX.length()).split("_", 3);
        if (parts.length < 2) {
            return Optional.empty();
        }
        try {
            Instant startedAt = MOMENT.parse(parts[0], Instant::from);
            SessionId id = SessionId.parse(parts[1]);
            return Optional.of(new Recording(id, startedAt, "unknown", "und"));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
