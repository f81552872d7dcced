package dev.steno.quota;

import java.time.Duration;

/** What one caller has of this node now. Guarded by its {@link Quota}. */
final class CallerUsage {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    int sockets;
    int recordings;
    private final LeakyBucket starts;
    private final long nanosPerStart;

    CallerUsage(int startsPerMinute, long now) {
        nanosPerStart = MINUTE / startsPerMinute;
        starts = new LeakyBucket(nanosPerStart, now);
    }

    void started(long now) {
        recordings++;
        starts.add(1, now);
    }

    /** Zero or less if the caller may start now. */
    Duration untilNextStart(long now) {
        return Duration.ofNanos(starts.nanosToEmpty(now) + nanosPerStart - MINUTE);
    }

    boolean forgettable(long now) {
        return sockets == 0 && recordings == 0 && starts.nanosToEmpty(now) == 0;
    }
}
