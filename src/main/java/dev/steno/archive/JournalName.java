package dev.steno.archive;

import dev.steno.transcript.Recording;
import dev.steno.transcript.SessionId;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The name of a journal: {@code 20241215T143022Z_<session id>.journal}. It says again what the header says, so that the
 * segments can be archived when the header is lost.
 */
final class JournalName {
    private static final String SUFFIX = ".journal";
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private JournalName() {}

    static String of(Recording recording) {
        return MOMENT.format(recording.startedAt()) + "_" + recording.sessionId() + SUFFIX;
    }

    static boolean isJournal(Path file) {
        return parse(file).isPresent();
    }

    /** Language {@code und} is BCP 47 for one that is not known. */
    static Optional<Recording> parse(Path file) {
        String name = file.getFileName().toString();
        int middle = name.indexOf('_');
        if (middle < 0 || !name.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        try {
            Instant startedAt = MOMENT.parse(name.substring(0, middle), Instant::from);
            SessionId id = SessionId.parse(name.substring(middle + 1, name.length() - SUFFIX.length()));
            return Optional.of(new Recording(id, startedAt, "unknown", "und"));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
