package dev.steno.testing;

import java.time.Duration;
import java.time.Instant;

/** A clock that a test moves. */
public final class ManualTime {
    private final Instant origin = Instant.parse("2024-12-15T14:30:22Z");
    private long nanos = 1_000_000_000L;

    public void advance(Duration duration) {
        nanos += duration.toNanos();
    }

    public long nanoTime() {
        return nanos;
    }

    public Instant now() {
        return origin.plusNanos(nanos - 1_000_000_000L);
    }
}
