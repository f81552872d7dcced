package dev.steno.session;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The threads of this room: a few for the short tasks of all sessions, one that gives them time. */
@ApplicationScoped
@ManagedExecutorDefinition(name = SessionExecutors.WORK, maxAsync = 16)
@ManagedScheduledExecutorDefinition(name = SessionExecutors.TIME, maxAsync = 1)
public class SessionExecutors {
    static final String WORK = "java:app/concurrent/sessions";
    static final String TIME = "java:app/concurrent/session-time";

    /** Audio is paced upstream and time-outs are seen in steps of this. */
    private static final long TICK_MILLIS = 100;

    @Resource(lookup = WORK)
    private ManagedExecutorService work;

    @Resource(lookup = TIME)
    private ManagedScheduledExecutorService time;

    /** So long without a tick means that the server lost it, even on a machine that is hopelessly busy. */
    private static final long LOST_NANOS = 30_000_000_000L;

    private ScheduledFuture<?> ticks;
    private volatile long lastTick;

    public Executor executor() {
        return work;
    }

    /**
     * Gives sessions time, from the first call on. To be called with each connection, and not while the application is
     * deployed: GlassFish then may fail to set up the task's context, and never runs it again.
     */
    public synchronized void start(TranscriptionSessions sessions) {
        if (ticks == null || System.nanoTime() - lastTick > LOST_NANOS) {
            stop();
            lastTick = System.nanoTime();
            ticks = time.scheduleAtFixedRate(() -> tick(sessions), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tick(TranscriptionSessions sessions) {
        lastTick = System.nanoTime();
        sessions.tick();
    }

    @PreDestroy
    synchronized void stop() {
        if (ticks != null) {
            ticks.cancel(false);
        }
    }
}
