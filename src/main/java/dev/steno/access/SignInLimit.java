package dev.steno.access;

import dev.steno.quota.LeakyBucket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down the guessing of tokens: an address has ten wrong ones, then one every six seconds. While it has to wait, its tokens are
 * not looked at, right or wrong. Thread-safe.
 */
final class SignInLimit {
    static final int FAILURES = 10;

    private static final long NANOS_PER_FAILURE = Duration.ofSeconds(6).toNanos();

    /** Far more than a node has honest callers; the memory of guessers is bounded. */
    private static final int MOST_CALLERS = 10_000;

    /** All those for whom there is no room of their own. */
    private static final String OTHERS = "";

    private final LongSupplier nanoTime;
    private final Map<String, LeakyBucket> failures = new HashMap<>();

    SignInLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @return whether the caller has to wait before its next try */
    synchronized boolean mustWait(String caller) {
        LeakyBucket bucket = failures.get(failures.containsKey(caller) ? caller : OTHERS);
        return bucket != null && bucket.add(0, nanoTime.getAsLong()) >= FAILURES;
    }

    synchronized void failed(String caller) {
        long now = nanoTime.getAsLong();
        if (failures.size() >= MOST_CALLERS) {
            failures.values().removeIf(bucket -> bucket.add(0, now) == 0);
        }
        String counted = failures.containsKey(caller) || failures.size() < MOST_CALLERS ? caller : OTHERS;
        failures.computeIfAbsent(counted, key -> new LeakyBucket(NANOS_PER_FAILURE, now))
                .add(1, now);
    }
}
