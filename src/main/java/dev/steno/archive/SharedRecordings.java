package dev.steno.archive;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Recordings of nodes that are gone, or that let them go, which this node takes over. Thread-safe; no method blocks.
 */
final class SharedRecordings {
    private static final System.Logger LOG = System.getLogger(SharedRecordings.class.getName());

    private final TranscriptJournal journal;
    private final ArchiveQueue queue;
    private final Executor executor;

    /** @param executor may block on the disk */
    SharedRecordings(TranscriptJournal journal, ArchiveQueue queue, Executor executor) {
        this.journal = journal;
        this.queue = queue;
        this.executor = executor;
    }

    /** Archives recordings of nodes that are gone, whose clients did not return within the window. */
    void takeOrphans(Duration window) {
        journal.shared()
                .takeOrphans(window)
                .thenAcceptAsync(taken -> taken.forEach(this::archive), executor)
                .exceptionally(fault -> {
                    LOG.log(Level.WARNING, "Recordings of nodes that are gone cannot be archived now.", fault);
                    return null;
                });
    }

    private void archive(SharedJournals.TakenJournal taken) {
        try {
            TranscriptJournal.AdoptedJournal adopted = journal.adopt(taken);
            if (adopted.content().transcript().isPresent()) {
                LOG.log(Level.INFO, "Recording {0} of a node that is gone is archived here.", taken.recording());
                queue.recover(adopted.journal(), taken.recording().toString());
            } else {
                adopted.journal().discard();
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The journal of recording " + taken.recording() + " cannot be kept here.", e);
        }
    }

    /** A recording for its client. Empty if there is none. */
    CompletionStage<Optional<RestorableRecording>> take(String tokenHash, String identity) {
        return journal.shared().take(tokenHash, identity).thenApplyAsync(taken -> taken.flatMap(this::adopt), executor);
    }

    private Optional<RestorableRecording> adopt(SharedJournals.TakenJournal taken) {
        try {
            TranscriptJournal.AdoptedJournal adopted = journal.adopt(taken);
            return Optional.of(LostRecordings.restorable(adopted.content(), adopted.journal()));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Recording " + taken.recording() + " cannot go on here.", e);
            return Optional.empty();
        }
    }
}
