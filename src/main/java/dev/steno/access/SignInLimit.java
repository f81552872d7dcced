package dev.steno.access;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down the guessing of tokens: an address has ten wrong ones, then one every six seconds. While it has to wait,
 * its tokens are not looked at, right or wrong. Thread-safe.
 */
final class SignInLimit {
    static final int FAILURES = 10;

    private static final Duration PER_FAILURE = Duration.ofSeconds(6);

    /** Far more than a node has honest callers; the memory of guessers is bounded. */
    private static final int MOST_CALLERS = 10_000;

    /** All those for whom there is no room of their own. */
    private static final String OTHERS = "";

    private final LongSupplier nanoTime;
    private final int failures;
    private final long nanosPerFailure;

    /** By caller: when its failures are forgotten. */
    private final Map<String, Long> forgottenAt = new HashMap<>();

    SignInLimit(LongSupplier nanoTime) {
        this(nanoTime, FAILURES, PER_FAILURE);
    }

    /** @param failures at once; after them one more each {@code perFailure} */
    SignInLimit(LongSupplier nanoTime, int failures, Duration perFailure) {
        this.nanoTime = nanoTime;
        this.failures = failures;
        nanosPerFailure = perFailure.toNanos();
    }

    /** @return whether the caller has to wait before its next try */
    synchronized boolean mustWait(String caller) {
        Long end = forgottenAt.get(forgottenAt.containsKey(caller) ? caller : OTHERS);
        return end != null && end - nanoTime.getAsLong() > (failures - 1) * nanosPerFailure;
    }

    synchronized void failed(String caller) {
        long now = nanoTime.getAsLong();
        if (forgottenAt.size() >= MOST_CALLERS) {
            forgottenAt.values().removeIf(end -> end - now <= 0);
        }
        boolean room = forgottenAt.containsKey(caller) || forgottenAt.size() < MOST_CALLERS;
        forgottenAt.merge(
                room ? caller : OTHERS,
                now + nanosPerFailure,
                (end, first) -> end - now > 0 ? end + nanosPerFailure : first);
    }
}
