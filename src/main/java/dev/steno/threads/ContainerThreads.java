package dev.steno.threads;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
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

    private static final long AGAIN_MILLIS = 500;

    private static final System.Logger LOG = System.getLogger(ContainerThreads.class.getName());

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
            Beginning beginning = new Beginning(task);
            try {
                Thread thread = factory.newThread(beginning);
                thread.setName("steno-" + work + "-" + thread.getId());
                thread.setUncaughtExceptionHandler((ended, fault) -> beginAgain(beginning, fault));
                return thread;
            } catch (IllegalStateException e) {
                throw new RejectedExecutionException("The server gives no more threads: it is going down.", e);
            }
        };
    }

    /** GlassFish 7 may fail to set up a thread that starts while it deploys; the pool would wait for that thread for ever. */
    private void beginAgain(Beginning beginning, Throwable fault) {
        if (beginning.begun) {
            LOG.log(System.Logger.Level.ERROR, "A thread ended by a fault in Steno itself; please report it.", fault);
        } else {
            LOG.log(System.Logger.Level.DEBUG, "The server could not set up a thread; it is tried again.", fault);
            CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(() -> start(beginning));
        }
    }

    private void start(Beginning beginning) {
        try {
            Thread thread = factory.newThread(beginning);
            thread.setUncaughtExceptionHandler((ended, fault) -> beginAgain(beginning, fault));
            thread.start();
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "The server gives no more threads: it is going down.", e);
        }
    }

    /** What a pool's thread does, and whether it came to that. */
    private static final class Beginning implements Runnable {
        private final Runnable task;
        private volatile boolean begun;

        private Beginning(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            begun = true;
            task.run();
        }
    }

    /** What was begun goes on to its end. May be called more than once: WildFly does. */
    @PreDestroy
    void close() {
        pools.forEach(ExecutorService::shutdown);
    }
}
