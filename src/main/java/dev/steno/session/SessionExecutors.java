package dev.steno.session;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
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

    private ScheduledFuture<?> ticks;

    @Produces
    @SessionExecutor
    Executor executor() {
        return work;
    }

    /** Begins to give sessions time. */
    public void start(TranscriptionSessions sessions) {
        ticks = time.scheduleAtFixedRate(sessions::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        if (ticks != null) {
            ticks.cancel(false);
        }
    }
}
