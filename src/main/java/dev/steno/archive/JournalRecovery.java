package dev.steno.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Archives what the journals of processes that are gone still hold. */
@ApplicationScoped
public class JournalRecovery {
    private static final System.Logger LOG = System.getLogger(JournalRecovery.class.getName());

    private static final CompletionStage<Void> NOTHING = CompletableFuture.completedStage(null);

    /**
     * When to look, after the start: not before the application is deployed, because GlassFish 7 loses tasks that begin
     * while it commits a deployment (within a second of the start). And once more, in case that one was lost all the same.
     */
    private static final List<Duration> LOOKS = List.of(Duration.ofSeconds(10), Duration.ofMinutes(1));

    private final TranscriptJournal journal;
    private final ArchiveQueue queue;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;

    protected JournalRecovery() { // for the container's proxy
        this(null, null, null, null);
    }

    @Inject
    public JournalRecovery(TranscriptJournal journal, ArchiveQueue queue, ArchiveExecutors executors) {
        this(journal, queue, executors.archive(), executors.schedule());
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
     * @throws RuntimeException if the configuration cannot work
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the task itself deals with every outcome
    public void begin() {
        LOG.log(
                Level.INFO,
                "Transcripts are archived in {0}; journals are in {1}.",
                queue.description(),
                journal.root());
        for (Duration look : LOOKS) {
            scheduler.schedule(() -> recover(), look.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Passes over what is being recovered already.
     *
     * @return completes when all that was found is archived or set aside
     */
    CompletionStage<Void> recover() {
        return CompletableFuture.supplyAsync(this::takeOverDead, executor)
                .thenComposeAsync(folders -> all(folders, this::recover), executor);
    }

    private List<JournalFolder> takeOverDead() {
        try {
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
        return all(files, this::recover).thenRunAsync(() -> close(dead), executor);
    }

    /** Reads the file only to see what is to be done with it: a thousand of them must not fill the memory. */
    private CompletionStage<Void> recover(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                JournalFolder.setAside(file);
                return NOTHING;
            }
            JournalContent content = JournalReader.read(file);
            if (content.transcript().isPresent()) {
                return queue.recover(journal.existing(file), file.getFileName().toString());
            }
            if (content.whole() || Files.size(file) == 0) { // nothing was recognised, or written
                Files.delete(file);
            } else {
                JournalFolder.setAside(file);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The journal " + file + " cannot be read; the next start tries again.", e);
        }
        return NOTHING;
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
