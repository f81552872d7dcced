package dev.steno.archive;

import dev.steno.configuration.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/** The archive room for tests of other rooms: a real journal in a folder, real queue, transcripts in memory. */
public final class TestArchive implements TranscriptArchive {
    public final List<TranscriptDocuments> stored = new ArrayList<>();
    public final TranscriptJournal journal;
    public final ArchiveQueue queue;
    public volatile boolean broken;

    /** The journal's disk does not answer: what is to be written waits here. */
    public volatile boolean diskHangs;

    public final List<Runnable> waitingForDisk = new ArrayList<>();

    private void write(Runnable task) {
        if (diskHangs) {
            waitingForDisk.add(task);
        } else {
            task.run();
        }
    }

    /** @param schedule for tries that fail and for the patience of those who wait */
    public TestArchive(Path journalFolder, ScheduledExecutorService schedule) {
        journal = new TranscriptJournal(journalFolder, this::write);
        Settings defaults = new Settings(key -> Optional.empty());
        ArchivePatience hasty = new ArchivePatience(
                Duration.ofMillis(50),
                new Backoff(Duration.ofMillis(10), Duration.ofMillis(20)),
                new Backoff(Duration.ofMillis(10), Duration.ofMillis(20)));
        queue = new ArchiveQueue(this, new DocumentFormats(defaults), Runnable::run, schedule, hasty);
    }

    /** Finds what earlier processes left, when a client asks for it, and gives it up only when the window is over. */
    public RestorableRecordings lost(Duration window, ScheduledExecutorService schedule) {
        JournalRecovery recovery = new JournalRecovery(journal, queue, Runnable::run, schedule);
        recovery.begin(window, () -> true);
        return recovery;
    }

    /** Archives what processes that are gone left, as a start does where no client may return. */
    public void recover() {
        new JournalRecovery(journal, queue, Runnable::run, null)
                .recover()
                .toCompletableFuture()
                .join();
    }

    @Override
    public String description() {
        return "memory";
    }

    @Override
    public synchronized StoredTranscript store(TranscriptDocuments documents) throws ArchiveException {
        if (broken) {
            throw new ArchiveException("The disk is full.", true, null);
        }
        stored.add(documents);
        return new StoredTranscript(documents.stem() + ".txt", "/memory/" + documents.stem() + ".txt");
    }
}
