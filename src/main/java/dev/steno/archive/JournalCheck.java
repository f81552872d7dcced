package dev.steno.archive;

import dev.steno.threads.ContainerThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether the journal can be written, for probes and metrics. A thread of its own looks every few seconds; a question
 * is answered with what the last look found, so neither a slow disk nor many questions hold up anybody. A disk that
 * hangs takes that one thread, and shows by the age of the answer.
 */
@ApplicationScoped
public class JournalCheck {
    /** Half the usual period of readiness probes. */
    private static final Duration PERIOD = Duration.ofSeconds(5);

    /** Three looks are missing: longer than any disk that works takes for a block. */
    private static final Duration PATIENCE = PERIOD.multipliedBy(3);

    private final TranscriptJournal journal;
    private final ScheduledExecutorService background;
    private final LongSupplier nanoTime;
    private volatile Look found;

    /**
     * @param problem why the journal cannot be written; empty if it can
     * @param bytes of all journals
     */
    private record Look(Optional<String> problem, long bytes, long at) {}

    /**
     * What a question is answered.
     *
     * @param problem why the journal cannot be written, or that its disk does not answer; empty if it can be written
     * @param bytes of all journals
     * @param age of the look
     */
    public record Answer(Optional<String> problem, long bytes, Duration age) {}

    /** For the container's proxy only. */
    protected JournalCheck() {
        journal = null;
        background = null;
        nanoTime = null;
    }

    @Inject
    public JournalCheck(TranscriptJournal journal, ContainerThreads threads) {
        this(journal, threads.timer("journal-check", 1), System::nanoTime);
    }

    /** @param background for this alone: looks block on the disk */
    JournalCheck(TranscriptJournal journal, ScheduledExecutorService background, LongSupplier nanoTime) {
        this.journal = journal;
        this.background = background;
        this.nanoTime = nanoTime;
        found = new Look(Optional.empty(), 0, nanoTime.getAsLong()); // the journal's folder was just made and locked
    }

    /** To be called once, when the application starts. */
    public void begin() {
        Future<?> unused = background.scheduleWithFixedDelay(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Where the journals are, absolute. */
    public Path root() {
        return journal.root();
    }

    /** Recordings whose audio was given up, so that their journals have the disk. */
    public long audioDropped() {
        return journal.audio().dropped();
    }

    public Answer last() {
        Look look = found;
        Duration age = Duration.ofNanos(nanoTime.getAsLong() - look.at);
        if (age.compareTo(PATIENCE) > 0) {
            String silent = "The journal's disk has not answered for " + age.toSeconds()
                    + " s. Check JOURNAL_DIR and its disk.";
            return new Answer(Optional.of(silent), look.bytes, age);
        }
        return new Answer(look.problem, look.bytes, age);
    }

    private void look() {
        found = new Look(problem(), journal.bytes(), nanoTime.getAsLong());
    }

    /** A fault must not end the looks. */
    private Optional<String> problem() {
        try {
            return journal.problem();
        } catch (RuntimeException e) {
            return Optional.of("The journal cannot be checked: " + e + ". Check JOURNAL_DIR and its disk.");
        }
    }
}
