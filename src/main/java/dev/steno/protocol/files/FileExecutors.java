package dev.steno.protocol.files;

import dev.steno.threads.ContainerThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** The threads of this package: two that read and convert a second of audio at a time, one that keeps time. */
@ApplicationScoped
public class FileExecutors {
    private static final int THREADS = 2;

    private final Executor work;
    private final ScheduledExecutorService time;

    /** For the container's proxy only. */
    protected FileExecutors() {
        work = null;
        time = null;
    }

    @Inject
    public FileExecutors(ContainerThreads threads) {
        work = threads.pool("file", THREADS);
        time = threads.timer("file-time", 1);
    }

    public Executor work() {
        return work;
    }

    public ScheduledExecutorService time() {
        return time;
    }
}
