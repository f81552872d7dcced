package dev.steno.archive;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Journals of processes that are gone, held back from the archive because the client may still return. Of each
 * recording only the tokens and the owner are in memory. Thread-safe.
 */
final class LostRecordings {
    private static final System.Logger LOG = System.getLogger(LostRecordings.class.getName());

    /** A journal that waits for its client. */
    record Lost(Path file, boolean whole, String owner, List<String> tokenHashes) {}

    private final Map<String, Lost> byToken = new HashMap<>();

    synchronized void add(Lost lost) {
        lost.tokenHashes().forEach(hash -> byToken.put(hash, lost));
    }

    /** Takes out the recording that a token opens, unless it belongs to another identity. */
    synchronized Optional<Lost> remove(String tokenHash, String identity) {
        return Optional.ofNullable(byToken.get(tokenHash))
                .filter(lost -> lost.owner().equals(identity))
                .filter(this::remove);
    }

    /** @return whether it was still there */
    synchronized boolean remove(Lost lost) {
        return byToken.values().removeIf(lost::equals);
    }

    /**
     * Reads what the client goes on with; blocks on the disk. Empty if it cannot be read now: then it is archived
     * later.
     */
    static Optional<RestorableRecording> load(Lost lost, TranscriptJournal journal) {
        try {
            JournalContent content = JournalReader.read(lost.file());
            return content.resumable()
                    ? Optional.of(restorable(content, journal.reopen(lost.file(), lost.whole(), lost.owner())))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "The journal {0} cannot be read, so its recording cannot go on: {1}",
                    lost.file(),
                    e);
            return Optional.empty();
        }
    }

    static RestorableRecording restorable(JournalContent content, SessionJournal journal) {
        JournalEntry.Origin origin = content.origin().orElseThrow();
        if (content.lastAttempt().isEmpty()) {
            journal.resumeAudio(origin.options(), content.settledBytes());
        }
        return new RestorableRecording(
                content.recording().orElseThrow(),
                origin.options(),
                content.tokenHashes(),
                content.segments(),
                content.settledBytes(),
                content.lastAttempt()
                        .map(attempt -> OptionalDouble.of(attempt.duration()))
                        .orElse(OptionalDouble.empty()),
                journal);
    }
}
