package dev.steno.archive;

import dev.steno.transcript.Recording;
import dev.steno.transcript.Transcript;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Brings finished transcripts into the archive, however long that takes. What waits is in journals on disk, of which it
 * holds little more than the names, so that its length is bounded by the disk. Thread-safe; no method blocks.
 */
@ApplicationScoped
public class ArchiveQueue {
    private static final System.Logger LOG = System.getLogger(ArchiveQueue.class.getName());

    private final TranscriptArchive archive;
    private final DocumentFormats formats;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final ArchivePatience patience;
    private final UsedKeys used = new UsedKeys();
    private final StoredListener listener;
    private final Set<PendingTranscript> waiting = ConcurrentHashMap.newKeySet();
    private final LongAdder stored = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile Optional<ArchiveStatus.Outcome> last = Optional.empty();

    protected ArchiveQueue() { // for the container's proxy
        this(null, null, null, null, null, StoredListener.NONE);
    }

    @Inject
    public ArchiveQueue(
            TranscriptArchive archive,
            DocumentFormats formats,
            ArchiveExecutors executors,
            @Any Instance<StoredListener> listeners) {
        this(
                archive,
                formats,
                executors.archive(),
                executors.schedule(),
                ArchivePatience.DEFAULT,
                StoredListener.all(listeners.stream().toList()));
    }

    /**
     * @param executor runs the tries, which block
     * @param scheduler only starts them
     */
    public ArchiveQueue(
            TranscriptArchive archive, DocumentFormats formats, Executor executor, ScheduledExecutorService scheduler) {
        this(archive, formats, executor, scheduler, ArchivePatience.DEFAULT);
    }

    ArchiveQueue(
            TranscriptArchive archive,
            DocumentFormats formats,
            Executor executor,
            ScheduledExecutorService scheduler,
            ArchivePatience patience) {
        this(archive, formats, executor, scheduler, patience, StoredListener.NONE);
    }

    ArchiveQueue(
            TranscriptArchive archive,
            DocumentFormats formats,
            Executor executor,
            ScheduledExecutorService scheduler,
            ArchivePatience patience,
            StoredListener listener) {
        this.listener = listener;
        this.archive = archive;
        this.formats = formats;
        this.executor = executor;
        this.scheduler = scheduler;
        this.patience = patience;
    }

    /**
     * Stores a finished transcript and then deletes its journal.
     *
     * @return where it is stored. Fails with {@link ArchiveDelayedException} if it is not stored in 10 s; the tries go
     *     on, and the journal stays until one succeeds. With a broken journal the transcript is held in memory
     *     meanwhile.
     */
    public CompletionStage<StoredTranscript> store(Transcript transcript, SessionJournal journal) {
        return store(new ArchiveJob(archive, formats, used, listener, journal, transcript), transcript.recording());
    }

    private CompletionStage<StoredTranscript> store(ArchiveJob job, Recording recording) {
        CompletableFuture<StoredTranscript> delayed = new CompletableFuture<>();
        PendingTranscript pending = new PendingTranscript(
                job,
                "Recording " + recording.sessionId(),
                cause -> delayed.completeExceptionally(new ArchiveDelayedException(cause)));
        begin(pending);
        return pending.stored().applyToEither(delayed, Function.identity());
    }

    /**
     * As {@link #store(Transcript, SessionJournal)}, for a recording of which the archive may hold the transcript
     * already.
     */
    public CompletionStage<StoredTranscript> store(Recording recording, SessionJournal journal) {
        return store(new ArchiveJob(archive, formats, used, listener, journal, null), recording);
    }

    /**
     * Stores what the journal of a process that is gone holds, and then deletes the journal.
     *
     * @return completes once both are done, and never with a failure
     */
    CompletionStage<Void> recover(SessionJournal journal, String name) {
        PendingTranscript pending = new PendingTranscript(
                new ArchiveJob(archive, formats, used, listener, journal, null), "Journal " + name, cause -> {});
        begin(pending);
        return pending.stored().thenCompose(stored -> journal.settled());
    }

    /** For people: where transcripts go, and as what. */
    public String description() {
        return archive.description() + " as " + formats.description();
    }

    public ArchiveStatus status() {
        Optional<Instant> oldest =
                waiting.stream().map(PendingTranscript::since).min(Comparator.naturalOrder());
        return new ArchiveStatus(archive.description(), waiting.size(), oldest, stored.sum(), failures.sum(), last);
    }

    private void begin(PendingTranscript pending) {
        waiting.add(pending);
        later(patience.delayedAfter(), pending::tellDelay);
        attempt(pending, 1);
    }

    private void attempt(PendingTranscript pending, int number) {
        pending.job().attempt(executor).whenComplete((transcript, error) -> {
            if (error == null) {
                waiting.remove(pending);
                stored.increment();
                last = outcome(true, "stored " + transcript.key());
                pending.complete(transcript);
            } else {
                onFailure(pending, number, cause(error));
            }
        });
    }

    private void onFailure(PendingTranscript pending, int number, ArchiveException cause) {
        if (cause.getCause() instanceof PassedException) { // another node archives it
            waiting.remove(pending);
            return;
        }
        failures.increment();
        last = outcome(false, cause.getMessage());
        pending.failed(cause, number);
        if (!later(pause(pending, number, cause), () -> attempt(pending, number + 1))) {
            pending.tellDelay();
        }
    }

    /** While somebody waits, every fault may be one that passes: permission, too, may come a second too late. */
    private Duration pause(PendingTranscript pending, int failures, ArchiveException cause) {
        return cause.retryable() || !pending.delayTold()
                ? patience.passing().afterFailure(failures)
                : patience.lasting().afterFailure(pending.failuresSinceTold());
    }

    /** Refused while the server goes down: then the journals are for the next start. */
    @SuppressWarnings("FutureReturnValueIgnored") // the tasks themselves deal with every outcome
    private boolean later(Duration delay, Runnable task) {
        try {
            scheduler.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.log(Level.INFO, "The server takes no more tasks; what is not stored yet is for its next start.");
            return false;
        }
    }

    /** A fault in an adapter, or a refused task, is treated as one that somebody has to repair. */
    private static ArchiveException cause(Throwable error) {
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        return cause instanceof ArchiveException known ? known : new ArchiveException(cause.toString(), false, cause);
    }

    private static Optional<ArchiveStatus.Outcome> outcome(boolean stored, String text) {
        return Optional.of(new ArchiveStatus.Outcome(stored, text, Instant.now()));
    }
}
