package dev.steno.audience;

import dev.steno.threads.ContainerThreads;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** The threads of this package: as many as processors for deliveries, which never block, and one that keeps time. */
@ApplicationScoped
public class AudienceExecutors {
    /** So long without a tick means that the server lost it, even on a machine that is hopelessly busy. */
    private static final long LOST_NANOS = 30_000_000_000L;

    private final Executor deliveries;
    private final Executor files;
    private final ScheduledExecutorService time;
    private ScheduledFuture<?> ticks;
    private volatile long lastTick;

    /** For the container's proxy only. */
    protected AudienceExecutors() {
        deliveries = null;
        files = null;
        time = null;
    }

    @Inject
    AudienceExecutors(ContainerThreads threads) {
        deliveries = threads.pool("audience", Math.max(1, Runtime.getRuntime().availableProcessors()));
        files = threads.pool("audience-files", 1);
        time = threads.timer("audience-time", 1);
    }

    public Executor deliveries() {
        return deliveries;
    }

    /** One thread: what is written last is what stays. */
    public Executor files() {
        return files;
    }

    /**
     * Calls every second, from the first call on. Not to be called while the application is deployed: GlassFish then
     * may fail to set up the task's context, and never runs it again.
     */
    public synchronized void start(LongConsumer tick) {
        if (ticks == null || System.nanoTime() - lastTick > LOST_NANOS) {
            stop();
            lastTick = System.nanoTime();
            ticks = time.scheduleAtFixedRate(() -> tick(tick), 1, 1, TimeUnit.SECONDS);
        }
    }

    private void tick(LongConsumer tick) {
        lastTick = System.nanoTime();
        tick.accept(lastTick);
    }

    @PreDestroy
    synchronized void stop() {
        if (ticks != null) {
            ticks.cancel(false);
        }
    }
}
