package dev.steno.session.mailbox;

import dev.steno.testing.ManualTime;
import java.time.Instant;

/** {@link ManualTime} as sessions see time. */
public record ManualTimeSource(ManualTime time) implements TimeSource {
    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public Instant now() {
        return time.now();
    }
}
