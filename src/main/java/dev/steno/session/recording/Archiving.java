package dev.steno.session.recording;

import dev.steno.archive.ArchiveQueue;
import dev.steno.archive.KeptFinals;
import dev.steno.archive.StoredTranscript;
import dev.steno.session.mailbox.SessionWorker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Brings a transcript from the journal to the archive. Meanwhile, and for a client that returns for the end, its finals
 * stay readable on disk, so that they need no memory. Belongs to the session's worker.
 */
public final class Archiving {
    private final ArchiveQueue archive;
    private final RecordingJournal journal;
    private final Captions captions;
    private final SessionWorker worker;
    /** Null until the transcript is given to the archive, and where there is no disk for it. */
    private KeptFinals kept;

    Archiving(ArchiveQueue archive, RecordingJournal journal, Captions captions, SessionWorker worker) {
        this.archive = archive;
        this.journal = journal;
        this.captions = captions;
        this.worker = worker;
    }

    /** @param onStored hears, on the worker, where it is or why it is not there yet */
    void store(RecordingText text, BiConsumer<StoredTranscript, Throwable> onStored) {
        journal.keep()
                .whenComplete((finals, fault) -> worker.submit(() -> {
                    kept = finals; // null where the disk fails: then memory keeps them
                    answer(() -> archive.store(text.transcript(), journal.file()), onStored);
                }));
    }

    /** As {@link #store}, for a restored recording that was stopped: the archive may have it already. */
    void storeRestored(BiConsumer<StoredTranscript, Throwable> onStored) {
        answer(() -> archive.store(journal.recording(), journal.file()), onStored);
    }

    private void answer(
            Supplier<CompletionStage<StoredTranscript>> storing, BiConsumer<StoredTranscript, Throwable> onStored) {
        storing.get().whenComplete((stored, fault) -> worker.submit(() -> onStored.accept(stored, fault)));
    }

    /** The recording has ended, and no client is attached: its finals need no memory, if they are on disk. */
    public void release() {
        if (kept != null) {
            captions.release();
        }
    }

    /** For a client that comes back for the end: brings the finals back to memory, until {@link #release}. */
    public CompletionStage<Void> recall() {
        if (kept == null || !captions.segments().isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return kept.read().handle((finals, fault) -> {
            worker.submit(() -> captions.recall(fault == null ? finals : List.of()));
            return null;
        });
    }

    /** Nobody can come back any more. */
    public void forget() {
        if (kept != null) {
            kept.forget();
        }
    }
}
