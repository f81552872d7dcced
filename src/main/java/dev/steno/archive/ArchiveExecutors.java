package dev.steno.archive;

import dev.steno.threads.ContainerThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The server's threads that this room may use. Journal and archive have pools of their own: a bucket that hangs must
 * not keep finals from the disk, and neither may take the sessions' threads.
 */
@ApplicationScoped
public class ArchiveExecutors {
    /**
     * One disk forces one write at a time; a few threads keep it busy, and one that hangs does not stop the others at
     * once.
     */
    private static final int JOURNAL_THREADS = 4;

    /** Archiving is rare and short; eight at a time clear what an outage of the bucket left within minutes. */
    private static final int ARCHIVE_THREADS = 8;

    private final Executor journal;
    private final Executor archive;
    private final ScheduledExecutorService schedule;

    /** For the container's proxy only. */
    protected ArchiveExecutors() {
        journal = null;
        archive = null;
        schedule = null;
    }

    @Inject
    ArchiveExecutors(ContainerThreads threads) {
        journal = threads.pool("journal", JOURNAL_THREADS);
        archive = threads.pool("archive", ARCHIVE_THREADS);
        schedule = threads.timer("archive-time", 1); // only starts tasks on the pool above
    }

    public Executor journal() {
        return journal;
    }

    public Executor archive() {
        return archive;
    }

    public ScheduledExecutorService schedule() {
        return schedule;
    }
}
