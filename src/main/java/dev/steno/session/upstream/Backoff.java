package dev.steno.session.upstream;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits between consecutive tries: exponential with full jitter, and a bound on the number of tries. */
final class Backoff {
    /** Amazon Transcribe counts a faster series of starts against its rate limit. */
    private static final long LEAST_MILLIS = 500;

    private static final long MOST_MILLIS = 8_000;

    private final int tries;
    private int used;

    Backoff(int tries) {
        this.tries = tries;
    }

    /** Whether another try is allowed. */
    boolean another() {
        return used < tries;
    }

    /** The wait before the next try, which counts from now. */
    Duration next() {
        long ceiling = Math.min(MOST_MILLIS, LEAST_MILLIS << Math.min(used, 10));
        used++;
        return Duration.ofMillis(LEAST_MILLIS + ThreadLocalRandom.current().nextLong(ceiling));
    }

    void reset() {
        used = 0;
    }
}
