package dev.steno.session.node;

import dev.steno.session.mailbox.SessionWorker;
import dev.steno.session.mailbox.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Passes most ticks of a session over while nothing waits for time to pass. */
final class Ticks {
    /** Time-outs are seconds and more: while nothing else waits for time to pass, this is often enough to see them. */
    private static final Duration CALM = Duration.ofMillis(500);

    private final SessionWorker worker;
    private final Runnable task;
    private final AtomicBoolean waits = new AtomicBoolean();
    /** No tick is needed before, as {@link TimeSource#nanoTime}. */
    private volatile long calmUntil;

    /** @param task does what is due, on the worker */
    Ticks(SessionWorker worker, Runnable task, long now) {
        this.worker = worker;
        this.task = task;
        calmUntil = now;
    }

    /** About ten times a second, by any thread. */
    void tick(long now) {
        if (now - calmUntil >= 0 && waits.compareAndSet(false, true)) {
            worker.submit(() -> {
                waits.set(false);
                task.run();
            });
        } else {
            worker.wake();
        }
    }

    /** @param often whether the next tick should come soon */
    void next(boolean often, long now) {
        calmUntil = now + (often ? 0 : CALM.toNanos());
    }
}
