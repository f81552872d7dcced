package dev.steno.recognition.remote;

import dev.steno.recognition.RecognizerStatus;
import java.util.function.LongSupplier;

/**
 * Whether the engine's server answered lately. Nothing asks it by itself: after some time without a try it counts as
 * ready again, so that the next recording finds out.
 */
final class EngineHealth {
    /** One failure may be a restart, or one recording's own trouble. */
    private static final int FAILURES = 3;

    /** Shorter than {@code ENGINE_RETRY}'s default, by which recordings return to a better engine. */
    private static final long REMEMBERED_NANOS = 30_000_000_000L;

    private final String ready;
    private final LongSupplier nanoTime;

    // guarded by this
    private int failures;
    private long failedAt;
    private String problem = "";

    /** @param ready one sentence, for an operator */
    EngineHealth(String ready, LongSupplier nanoTime) {
        this.ready = ready;
        this.nanoTime = nanoTime;
    }

    synchronized void worked() {
        failures = 0;
    }

    /** @param why one sentence or two, with what to check */
    synchronized void failed(String why) {
        failures++;
        failedAt = nanoTime.getAsLong();
        problem = why;
    }

    synchronized RecognizerStatus status() {
        boolean away = failures >= FAILURES && nanoTime.getAsLong() - failedAt < REMEMBERED_NANOS;
        return away
                ? new RecognizerStatus(RecognizerStatus.State.UNAVAILABLE, problem)
                : new RecognizerStatus(RecognizerStatus.State.READY, ready);
    }
}
