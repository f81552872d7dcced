package dev.steno.quota;

/**
 * How far something has run ahead of the pace at which it may come: each unit fills the bucket, time empties it. It
 * never falls below empty, so a pause earns no credit. Not thread-safe.
 */
public final class LeakyBucket {
    private final long nanosPerUnit;
    private long fillNanos;
    private long updatedAt;

    /**
     * @param nanosPerUnit what one unit takes at the allowed pace
     * @param now as {@link System#nanoTime}
     */
    public LeakyBucket(long nanosPerUnit, long now) {
        this.nanosPerUnit = nanosPerUnit;
        this.updatedAt = now;
    }

    /** @return units ahead of the pace, these included */
    public long add(long units, long now) {
        fillNanos = Math.max(0, fillNanos - (now - updatedAt)) + units * nanosPerUnit;
        updatedAt = now;
        return fillNanos / nanosPerUnit;
    }

    /** Time until it is empty. */
    long nanosToEmpty(long now) {
        return Math.max(0, fillNanos - (now - updatedAt));
    }
}
