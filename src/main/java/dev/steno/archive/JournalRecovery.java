package dev.steno.archive;

import dev.steno.transcript.Transcript;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
 * Finds the journals of processes that are gone. Recordings whose client may still return are held for it; the others are
 * archived.
 */
@ApplicationScoped
public class JournalRecovery implements RestorableRecordings {
    private static final System.Logger LOG = System.getLogger(JournalRecovery.class.getName());

    private static final CompletionStage<Void> NOTHING = CompletableFuture.completedStage(null);

    /**
     * When to look, after the start: not before the application is deployed, because GlassFish 7 loses tasks that begin
     * while it commits a deployment (within a second of the start). And once more, in case that one was lost all the same.
     */
    private static final List<Duration> LOOKS = List.of(Duration.ofSeconds(10), Duration.ofMinutes(1));

    /** A client that returns looks for its journal at once; many clients with wrong tokens do not look more often. */
    private static final long LOOK_NANOS = 1_000_000_000L;

    private static final Duration READY_POLL = Duration.ofSeconds(1);

    /** Between looks for recordings of nodes that are gone. */
    private static final Duration ORPHANS = Duration.ofSeconds(2);

    private static final Duration STORE_PATIENCE = Duration.ofSeconds(5);

    /** An engine that is not ready for so long must not keep transcripts from the archive: 5 min. */
    private static final int READY_POLLS = 300;

    private final TranscriptJournal journal;
    private final ArchiveQueue queue;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final LostRecordings lost = new LostRecordings();
    private volatile Duration window = Duration.ZERO;
    private volatile BooleanSupplier ready = () -> true;
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
        window = resumeWindow;
        ready = serverReady;
        for (Duration delay : LOOKS) {
            scheduler.schedule(() -> recover(), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (shared()) {
            scheduler.scheduleWithFixedDelay(
                    this::takeOrphans, ORPHANS.toMillis(), ORPHANS.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public boolean shared() {
        return journal.shared().shared();
    }

    /** Archives recordings of nodes that are gone, whose clients did not return. */
    private void takeOrphans() {
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

    /**
     * Passes over what is being recovered already.
     *
     * @return completes when all that was found is archived, set aside, or held for its client
     */
    CompletionStage<Void> recover() {
        return look().thenCompose(begun -> all(begun, Function.identity()));
    }

    @Override
    public CompletionStage<Optional<RestorableRecording>> take(String tokenHash, String identity) {
        if (window.isZero()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return recentLook()
                .handle((begun, fault) -> null)
                .thenApplyAsync(looked -> lost.remove(tokenHash, identity), executor)
                .thenApply(found -> found.flatMap(this::load))
                .thenCompose(found ->
                        found.isPresent() ? CompletableFuture.completedStage(found) : takeShared(tokenHash, identity))
                .exceptionally(fault -> {
                    LOG.log(Level.WARNING, "A recording of an earlier run cannot be looked for.", fault);
                    return Optional.empty();
                });
    }

    private CompletionStage<Optional<RestorableRecording>> takeShared(String tokenHash, String identity) {
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

    private Optional<RestorableRecording> load(LostRecordings.Lost found) {
        Optional<RestorableRecording> recording =
                LostRecordings.load(found, journal.existing(found.file(), found.whole()));
        if (recording.isEmpty()) {
            archive(found.file());
        }
        return recording;
    }

    private synchronized CompletableFuture<List<CompletionStage<Void>>> recentLook() {
        return look == null || System.nanoTime() - lookedAt >= LOOK_NANOS ? look() : look;
    }

    private synchronized CompletableFuture<List<CompletionStage<Void>>> look() {
        lookedAt = System.nanoTime();
        look = CompletableFuture.supplyAsync(this::takeOverDead, executor)
                .thenApply(folders -> folders.stream().map(this::recover).toList());
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

    private CompletionStage<Void> recover(JournalFolder dead) {
        List<Path> files = files(dead);
        if (!files.isEmpty()) {
            LOG.log(Level.INFO, "A process that is gone left {0} files in {1}.", files.size(), dead.path());
        }
        CompletionStage<Void> archived = all(files, this::recover);
        return archived.thenRunAsync(() -> close(dead), executor);
    }

    /** Reads the file only to see what is to be done with it: a thousand of them must not fill the memory. */
    private CompletionStage<Void> recover(Path file) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                JournalFolder.setAside(file);
                return NOTHING;
            }
            if (file.toString().endsWith(KeptFinals.SUFFIX)) {
                Files.delete(file);
                return NOTHING;
            }
            JournalContent content = JournalReader.read(file);
            if (isElsewhere(file, content)) {
                LOG.log(Level.INFO, "The recording in {0} is seen to by the cluster.", file.getFileName());
                Files.delete(file);
                return NOTHING;
            }
            if (content.resumable() && !window.isZero()) {
                hold(journal.adopt(file), content);
                return NOTHING;
            }
            return archive(file, content);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The journal " + file + " cannot be read; the next start tries again.", e);
            return NOTHING;
        }
    }

    /** Waits for the store, as this executor may. */
    private boolean isElsewhere(Path file, JournalContent content) throws IOException {
        return shared()
                && content.recording().isPresent()
                && journal.shared()
                        .seesTo(
                                content.recording().get().sessionId(),
                                JournalFile.existing(file).lines())
                        .toCompletableFuture()
                        .completeOnTimeout(false, STORE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
    }

    private void hold(Path file, JournalContent content) {
        LostRecordings.Lost held =
                new LostRecordings.Lost(file, content.whole(), content.owner(), content.tokenHashes());
        lost.add(held);
        awaitReady(held, READY_POLLS);
    }

    /** The time for the client to return begins when it can. */
    @SuppressWarnings("FutureReturnValueIgnored") // the tasks themselves deal with every outcome
    private void awaitReady(LostRecordings.Lost held, int polls) {
        if (polls == 0 || ready.getAsBoolean()) {
            scheduler.schedule(() -> giveUp(held), window.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            scheduler.schedule(() -> awaitReady(held, polls - 1), READY_POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The client did not return. */
    private void giveUp(LostRecordings.Lost held) {
        if (lost.remove(held)) {
            executor.execute(() -> archive(held.file()));
        }
    }

    private void archive(Path file) {
        try {
            archive(file, JournalReader.read(file));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The journal " + file + " cannot be read; the next start tries again.", e);
        }
    }

    private CompletionStage<Void> archive(Path file, JournalContent content) {
        try {
            if (content.transcript().filter(JournalRecovery::hasName).isPresent()) {
                return queue.recover(journal.existing(file), file.getFileName().toString());
            }
            journal.deleteAudio(file);
            boolean empty = content.whole() && content.transcript().isEmpty();
            if (empty || content.isUnwanted() || Files.size(file) == 0) { // nothing was recognised, or written
                Files.delete(file);
            } else {
                JournalFolder.setAside(file);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The journal " + file + " cannot be read; the next start tries again.", e);
        }
        return NOTHING;
    }

    /** Without a name no archive ever takes it, and each start would try again. */
    private static boolean hasName(Transcript transcript) {
        return TranscriptKey.names(transcript.recording().startedAt());
    }

    private static List<Path> files(JournalFolder dead) {
        try {
            return dead.files();
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "The journals in " + dead.path() + " cannot be read; the next start tries again.",
                    e);
            return List.of();
        }
    }

    private static void close(JournalFolder dead) {
        try {
            dead.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The folder {0} could not be removed: {1}", dead.path(), e);
        }
    }

    private static <T> CompletableFuture<Void> all(List<T> items, Function<T, CompletionStage<Void>> act) {
        return CompletableFuture.allOf(items.stream()
                .map(act)
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture<?>[]::new));
    }
}
