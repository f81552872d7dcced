package dev.steno.archive;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before another try: twice as long each time, with jitter, so that many that failed together do not
 * come back together.
 *
 * @param first about this after the first failure
 * @param longest never more
 */
record Backoff(Duration first, Duration longest) {
    /** Doubling more often would overflow, and is beyond any {@code longest} long before. */
    private static final int MOST_DOUBLINGS = 20;

    /** @param failures from 1 */
    Duration afterFailure(int failures) {
        long doubled = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long limit = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(limit / 2 + ThreadLocalRandom.current().nextLong(limit / 2 + 1));
    }
}
