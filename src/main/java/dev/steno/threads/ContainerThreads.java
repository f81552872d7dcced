package dev.steno.threads;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Pools of the container's threads, which end with the application. Not the container's own pools: those save the caller's
 * context for each task, which on Payara costs milliseconds (docs/adr/0004-pools-of-container-threads.md).
 */
@ApplicationScoped
public class ContainerThreads {
    /** An idle thread is kept for so long. */
    private static final long IDLE_SECONDS = 60;

    private final Queue<ExecutorService> pools = new ConcurrentLinkedQueue<>();

    @Resource
    private ManagedThreadFactory factory;

    /** For the container, which injects the factory. */
    public ContainerThreads() {}

    ContainerThreads(ManagedThreadFactory factory) {
        this.factory = factory;
    }

    /**
     * A pool whose tasks wait in a queue while all threads are busy: whoever uses it bounds them.
     *
     * @param work what is done there: a part of its threads' names
     * @param threads at most so many
     */
    public ExecutorService pool(String work, int threads) {
        return kept(new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(work)));
    }

    /** As {@link #pool}, for what is to be done later or again and again. */
    public ScheduledExecutorService timer(String work, int threads) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(threads, named(work));
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.setRemoveOnCancelPolicy(true); // nearly every time-out is cancelled, and would keep a stream in memory
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return kept(timer);
    }

    private <P extends ThreadPoolExecutor> P kept(P pool) {
        pool.allowCoreThreadTimeOut(true);
        pools.add(pool);
        return pool;
    }

    private ThreadFactory named(String work) {
        return task -> {
            try {
                Thread thread = factory.newThread(task);
                thread.setName("steno-" + work + "-" + thread.getId());
                return thread;
            } catch (IllegalStateException e) {
                throw new RejectedExecutionException("The server gives no more threads: it is going down.", e);
            }
        };
    }

    /** What was begun goes on to its end. May be called more than once: WildFly does. */
    @PreDestroy
    void close() {
        pools.forEach(ExecutorService::shutdown);
    }
}
