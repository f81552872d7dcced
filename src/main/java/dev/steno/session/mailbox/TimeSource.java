package dev.steno.session.mailbox;

import java.time.Instant;

/** Time as sessions see it, so that tests can move it. */
public interface TimeSource {
    /** For durations: nanoseconds from an arbitrary origin. */
    long nanoTime();

    /** For names and records. */
    Instant now();

    /** The machine's own clocks. */
    static TimeSource system() {
        return new TimeSource() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public Instant now() {
                return Instant.now();
            }
        };
    }
}
