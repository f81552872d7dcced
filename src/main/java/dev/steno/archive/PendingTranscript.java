package dev.steno.archive;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A transcript on its way into the archive, and those who wait for it. */
final class PendingTranscript {
    private static final System.Logger LOG = System.getLogger(PendingTranscript.class.getName());

    private final ArchiveJob job;
    private final String name;
    private final Consumer<ArchiveException> onDelay;
    private final AtomicBoolean delayTold = new AtomicBoolean();
    private final AtomicInteger failuresSinceTold = new AtomicInteger();
    private final Instant since = Instant.now();
    private final CompletableFuture<StoredTranscript> stored = new CompletableFuture<>();
    private volatile ArchiveException lastFailure = new ArchiveException("There was no answer yet.", true, null);

    /**
     * @param name for the log
     * @param onDelay hears, once at most, that it takes long, and of what went wrong last
     */
    PendingTranscript(ArchiveJob job, String name, Consumer<ArchiveException> onDelay) {
        this.job = job;
        this.name = name;
        this.onDelay = onDelay;
    }

    ArchiveJob job() {
        return job;
    }

    /** When this process learned of it. */
    Instant since() {
        return since;
    }

    /** Completes in the end, and never with a failure. */
    CompletableFuture<StoredTranscript> stored() {
        return stored;
    }

    void complete(StoredTranscript transcript) {
        job.finish();
        if (delayTold.get()) {
            LOG.log(Level.INFO, "{0} is stored now as {1}.", name, transcript.location());
        }
        stored.complete(transcript);
    }

    void failed(ArchiveException cause, int tries) {
        lastFailure = cause;
        if (delayTold.get()) {
            failuresSinceTold.incrementAndGet();
        }
        LOG.log(Level.DEBUG, name + ": try " + tries + " failed", cause);
    }

    /** Whether those who wait know that it takes longer. */
    boolean delayTold() {
        return delayTold.get();
    }

    int failuresSinceTold() {
        return Math.max(1, failuresSinceTold.get());
    }

    /** Nothing if it is stored, or if this was told before. */
    void tellDelay() {
        if (!stored.isDone() && delayTold.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "{0} is not stored yet; the tries go on. {1}", name, lastFailure.getMessage());
            onDelay.accept(lastFailure);
        }
    }
}
