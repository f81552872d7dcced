package dev.steno.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Finds the journals of processes that are gone. Recordings whose client may still return are held for it; the others
 * are archived.
 */
@ApplicationScoped
public class JournalRecovery implements RestorableRecordings {
    private static final System.Logger LOG = System.getLogger(JournalRecovery.class.getName());

    /**
     * When to look, after the start: not before the application is deployed, because GlassFish 7 loses tasks that begin
     * while it commits a deployment (within a second of the start). And once more, in case that one was lost all the
     * same.
     */
    private static final List<Duration> LOOKS = List.of(Duration.ofSeconds(10), Duration.ofMinutes(1));

    /** A client that returns looks for its journal at once; many clients with wrong tokens do not look more often. */
    private static final long LOOK_NANOS = 1_000_000_000L;

    /** Between looks for recordings of nodes that are gone. */
    private static final Duration ORPHANS = Duration.ofSeconds(2);

    private final TranscriptJournal journal;
    private final ArchiveQueue queue;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final HeldRecordings held;
    private final DeadJournals dead;
    private final SharedRecordings shared;
    private CompletableFuture<List<CompletionStage<Void>>> look;
    private long lookedAt;

    protected JournalRecovery() { // for the container's proxy
        this(null, null, null, null);
    }

    @Inject
    public JournalRecovery(TranscriptJournal journal, ArchiveQueue queue, ArchiveExecutors executors) {
        this(journal, queue, executors.journal(), executors.schedule());
    }

    /**
     * @param executor runs the search, which blocks on the disk
     * @param scheduler only starts it
     */
    JournalRecovery(
            TranscriptJournal journal, ArchiveQueue queue, Executor executor, ScheduledExecutorService scheduler) {
        this.journal = journal;
        this.queue = queue;
        this.executor = executor;
        this.scheduler = scheduler;
        held = new HeldRecordings(scheduler, file -> executor.execute(() -> giveUp(file)));
        dead = new DeadJournals(journal, queue, executor, scheduler, held);
        shared = new SharedRecordings(journal, queue, executor);
    }

    private void giveUp(Path file) {
        dead.giveUp(file);
    }

    /**
     * To be called once when the application starts. Says where transcripts and journals go, and so makes sure that the
     * configuration can work, before it returns; the recovery itself runs in the background, a moment later.
     *
     * @param resumeWindow for how long a client may return, once the server is ready
     * @param serverReady whether it is
     * @throws RuntimeException if the configuration cannot work
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the task itself deals with every outcome
    public void begin(Duration resumeWindow, BooleanSupplier serverReady) {
        LOG.log(
                Level.INFO,
                "Transcripts are archived in {0}; journals are in {1}.",
                queue.description(),
                journal.root());
        held.begin(resumeWindow, serverReady);
        for (Duration delay : LOOKS) {
            scheduler.schedule(() -> recover(), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (shared()) {
            scheduler.scheduleWithFixedDelay(
                    () -> shared.takeOrphans(held.window()),
                    ORPHANS.toMillis(),
                    ORPHANS.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public boolean shared() {
        return journal.shared().shared();
    }

    /**
     * Passes over what is being recovered already.
     *
     * @return completes when all that was found is archived, set aside, or held for its client
     */
    CompletionStage<Void> recover() {
        return look().thenCompose(begun -> DeadJournals.all(begun, Function.identity()));
    }

    @Override
    public CompletionStage<Optional<RestorableRecording>> take(String tokenHash, String identity) {
        if (!held.isOpen()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return recentLook()
                .handle((begun, fault) -> null)
                .thenApplyAsync(looked -> held.take(tokenHash, identity), executor)
                .thenApply(found -> found.flatMap(this::load))
                .thenCompose(found ->
                        found.isPresent() ? CompletableFuture.completedStage(found) : shared.take(tokenHash, identity))
                .exceptionally(fault -> {
                    LOG.log(Level.WARNING, "A recording of an earlier run cannot be looked for.", fault);
                    return Optional.empty();
                });
    }

    private Optional<RestorableRecording> load(LostRecordings.Lost found) {
        Optional<RestorableRecording> recording = LostRecordings.load(found, journal);
        if (recording.isEmpty()) {
            dead.giveUp(found.file());
        }
        return recording;
    }

    private synchronized CompletableFuture<List<CompletionStage<Void>>> recentLook() {
        return look == null || System.nanoTime() - lookedAt >= LOOK_NANOS ? look() : look;
    }

    private synchronized CompletableFuture<List<CompletionStage<Void>>> look() {
        lookedAt = System.nanoTime();
        look = CompletableFuture.supplyAsync(this::takeOverDead, executor)
                .thenApply(folders -> folders.stream().map(dead::recover).toList());
        return look;
    }

    private List<JournalFolder> takeOverDead() {
        try {
            journal.deleteLeftAudio(Instant.now());
            return journal.takeOverDead();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Journals of earlier runs cannot be looked for; the next start tries again.", e);
            return List.of();
        }
    }
}
