package dev.steno.archive;

import dev.steno.archive.SharedJournals.Whereabouts;
import dev.steno.transcript.Transcript;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Decides what becomes of each file that a process left: held for its client, archived, set aside or deleted. Methods
 * that do not say otherwise block on the disk.
 */
final class DeadJournals {
    private static final System.Logger LOG = System.getLogger(DeadJournals.class.getName());

    private static final CompletionStage<Void> NOTHING = CompletableFuture.completedStage(null);

    private static final Duration STORE_PATIENCE = Duration.ofSeconds(5);
    private static final Duration STORE_POLL = Duration.ofSeconds(5);

    private final TranscriptJournal journal;
    private final ArchiveQueue queue;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final HeldRecordings held;

    /**
     * @param executor may block on the disk
     * @param scheduler must not block
     */
    DeadJournals(
            TranscriptJournal journal,
            ArchiveQueue queue,
            Executor executor,
            ScheduledExecutorService scheduler,
            HeldRecordings held) {
        this.journal = journal;
        this.queue = queue;
        this.executor = executor;
        this.scheduler = scheduler;
        this.held = held;
    }

    /** @return completes when each file is archived, set aside, or held for its client */
    CompletionStage<Void> recover(JournalFolder dead) {
        List<Path> files = files(dead);
        long journals = files.stream().filter(file -> !isOfEnded(file)).count();
        if (journals > 0) {
            LOG.log(Level.INFO, "A process that is gone left {0} files in {1}.", journals, dead.path());
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
            if (isOfEnded(file)) {
                Files.delete(file);
                return NOTHING;
            }
            JournalContent content = JournalReader.read(file);
            Whereabouts whereabouts = whereabouts(file, content);
            if (whereabouts == Whereabouts.ELSEWHERE) {
                return leave(file);
            }
            if (content.resumable() && held.isOpen()) {
                held.add(journal.adopt(file), content);
                return NOTHING;
            }
            return whereabouts == Whereabouts.NOT_KNOWN ? later(journal.adopt(file)) : archive(file, content);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The journal " + file + " cannot be read; the next start tries again.", e);
            return NOTHING;
        }
    }

    /** What a client of a recording that has ended could still ask for; each process leaves some. */
    private static boolean isOfEnded(Path file) {
        return file.toString().endsWith(KeptFinals.SUFFIX);
    }

    /** Waits for the store, as this executor may. */
    private Whereabouts whereabouts(Path file, JournalContent content) throws IOException {
        if (!journal.shared().shared() || content.recording().isEmpty()) {
            return Whereabouts.NOWHERE;
        }
        return journal.shared()
                .whereabouts(
                        content.recording().get().sessionId(),
                        JournalFile.existing(file).lines())
                .toCompletableFuture()
                .completeOnTimeout(Whereabouts.NOT_KNOWN, STORE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** One whose client did not return. */
    void giveUp(Path file) {
        try {
            JournalContent content = JournalReader.read(file);
            switch (whereabouts(file, content)) {
                case ELSEWHERE -> leave(file);
                case NOT_KNOWN -> later(file);
                case NOWHERE -> archive(file, content);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The journal " + file + " cannot be read; the next start tries again.", e);
        }
    }

    private static CompletionStage<Void> leave(Path file) throws IOException {
        LOG.log(Level.INFO, "The recording in {0} is seen to by the cluster.", file.getFileName());
        Files.delete(file);
        return NOTHING;
    }

    /** Another node may have gone on with it, and archived more than this one knows: only the store can tell. */
    @SuppressWarnings("FutureReturnValueIgnored") // the task itself deals with every outcome
    private CompletionStage<Void> later(Path file) {
        LOG.log(Level.DEBUG, "The recording in {0} waits for the cluster''s store.", file.getFileName());
        try {
            scheduler.schedule(
                    () -> executor.execute(() -> giveUp(file)), STORE_POLL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The server goes down: the journal is for its next start.", e);
        }
        return NOTHING;
    }

    private CompletionStage<Void> archive(Path file, JournalContent content) {
        try {
            if (content.transcript().filter(DeadJournals::hasName).isPresent()) {
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

    static <T> CompletableFuture<Void> all(List<T> items, Function<T, CompletionStage<Void>> act) {
        return CompletableFuture.allOf(items.stream()
                .map(act)
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture<?>[]::new));
    }
}
