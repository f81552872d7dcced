package dev.steno.session.mailbox;

import dev.steno.threads.ContainerThreads;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The threads of sessions: a few for the short tasks of all sessions, one that gives them time. */
@ApplicationScoped
public class SessionExecutors {
    /** Tasks never block, so more than the processors can run is of use only while some wait for memory or locks. */
    private static final int THREADS = 2 * Runtime.getRuntime().availableProcessors();

    /** Audio is paced upstream and time-outs are seen in steps of this. */
    private static final long TICK_MILLIS = 100;

    /** So long without a tick means that the server lost it, even on a machine that is hopelessly busy. */
    private static final long LOST_NANOS = 30_000_000_000L;

    private static final System.Logger LOG = System.getLogger(SessionExecutors.class.getName());

    private final Executor work;
    private final ScheduledExecutorService time;
    private ScheduledFuture<?> ticks;
    private volatile long lastTick;

    /** For the container's proxy only. */
    protected SessionExecutors() {
        work = null;
        time = null;
    }

    @Inject
    SessionExecutors(ContainerThreads threads) {
        work = threads.pool("session", THREADS);
        time = threads.timer("session-time", 1);
    }

    public Executor executor() {
        return work;
    }

    /**
     * Gives sessions time, from the first call on. To be called with each connection, and not while the application is
     * deployed: GlassFish then may fail to set up the task's context, and never runs it again.
     */
    public synchronized void start(Runnable tick) {
        if (ticks == null || System.nanoTime() - lastTick > LOST_NANOS) {
            stop();
            lastTick = System.nanoTime();
            ticks = time.scheduleAtFixedRate(() -> tick(tick), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tick(Runnable tick) {
        lastTick = System.nanoTime();
        try {
            tick.run();
        } catch (Throwable e) {
            // The boundary of a thread: a tick that threw would be the last one, for all sessions.
            report(e);
        }
    }

    private static void report(Throwable fault) {
        try {
            LOG.log(System.Logger.Level.ERROR, "Sessions could not be given time; it will be tried again.", fault);
        } catch (Throwable e) {
            // The log is what fails. The next tick may do better.
        }
    }

    @PreDestroy
    synchronized void stop() {
        if (ticks != null) {
            ticks.cancel(false);
        }
    }
}
