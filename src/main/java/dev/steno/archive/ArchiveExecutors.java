package dev.steno.archive;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The server's threads that this room may use. Journal and archive have pools of their own: a bucket that hangs must not
 * keep finals from the disk, and neither may take the sessions' threads.
 */
@ApplicationScoped
// One disk forces one write at a time; a few threads keep it busy, and one that hangs does not stop the others at once.
@ManagedExecutorDefinition(name = ArchiveExecutors.JOURNAL, maxAsync = 4)
// Archiving is rare and short; eight at a time clear what an outage of the bucket left within minutes.
@ManagedExecutorDefinition(name = ArchiveExecutors.ARCHIVE, maxAsync = 8)
// Only starts tasks on the pool above.
@ManagedScheduledExecutorDefinition(name = ArchiveExecutors.SCHEDULE, maxAsync = 1)
public class ArchiveExecutors {
    static final String JOURNAL = "java:app/concurrent/journal";
    static final String ARCHIVE = "java:app/concurrent/archive";
    static final String SCHEDULE = "java:app/concurrent/archive-schedule";

    @Resource(lookup = JOURNAL)
    private ManagedExecutorService journal;

    @Resource(lookup = ARCHIVE)
    private ManagedExecutorService archive;

    @Resource(lookup = SCHEDULE)
    private ManagedScheduledExecutorService schedule;

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
