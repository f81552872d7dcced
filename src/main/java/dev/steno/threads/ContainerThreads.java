package dev.steno.threads;

import dev.steno.servers.ServerStart;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Pools of the container's threads, which end with the application. Not the container's own pools: those save the
 * caller's context for each task, which on Payara costs milliseconds (docs/adr/0004-pools-of-container-threads.md).
 *
 * <p>A container's thread belongs to the context of whoever asks for it. So all threads of a pool are started with the
 * pool, which happens at deployment, and stay: none is started later by a request that happens to bring work, which may
 * be one to another application of the server. No task begins before the application has started ({@link ServerStart}).
 */
@ApplicationScoped
public class ContainerThreads {
    /** A thread that did not start is missed within so long after it should have. */
    private static final long LOOK_MILLIS = 500;

    private final Queue<ExecutorService> pools = new ConcurrentLinkedQueue<>();

    @Resource
    private ManagedThreadFactory factory;

    private ThreadStarts starts;
    private ScheduledExecutorService watch;

    /** For the container, which injects the factory. */
    public ContainerThreads() {}

    ContainerThreads(ManagedThreadFactory factory) {
        this.factory = factory;
        prepare();
    }

    @PostConstruct
    void prepare() {
        starts = new ThreadStarts(factory, System::nanoTime);
        watch = timer("threads", 1);
    }

    /**
     * At deployment, from the application's own context: what has not started by then is started from here, and watched
     * from now on. Before, a pool may have been made for a request that came through another application.
     */
    public void begin() {
        starts.startPending();
        Future<?> unused =
                watch.scheduleWithFixedDelay(starts::startMissing, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * A pool whose tasks wait in a queue while all threads are busy: the caller bounds them.
     *
     * @param work what is done there: a part of its threads' names
     * @param threads so many, from the start to the end of the application
     */
    public ExecutorService pool(String work, int threads) {
        return started(
                new ThreadPoolExecutor(
                        threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), starts.named(work)) {
                    @Override
                    protected void beforeExecute(Thread thread, Runnable task) {
                        ServerStart.await();
                    }
                });
    }

    /** As {@link #pool}, for what is to be done later or again and again. */
    public ScheduledExecutorService timer(String work, int threads) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(threads, starts.named(work)) {
            @Override
            protected void beforeExecute(Thread thread, Runnable task) {
                ServerStart.await();
            }
        };
        timer.setRemoveOnCancelPolicy(true); // nearly every time-out is cancelled, and would keep a stream in memory
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return started(timer);
    }

    private <P extends ThreadPoolExecutor> P started(P pool) {
        pools.add(pool);
        pool.prestartAllCoreThreads();
        return pool;
    }

    /** What was begun goes on to its end. May be called more than once: WildFly does. */
    @PreDestroy
    public void close() {
        pools.forEach(ExecutorService::shutdown);
    }
}
