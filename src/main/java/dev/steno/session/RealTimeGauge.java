package dev.steno.session;

import dev.steno.transcript.AudioFormat;

/**
 * How far a sender has run ahead of real time: a bucket that audio fills and time empties. It never falls below empty, so
 * a pause earns no credit.
 */
final class RealTimeGauge {
    private static final long NANOS_PER_BYTE = 1_000_000_000L / AudioFormat.BYTES_PER_SECOND;

    private long aheadNanos;
    private long updatedAt;

    RealTimeGauge(long nanoTime) {
        updatedAt = nanoTime;
    }

    /** @return bytes ahead of real time, these included */
    long add(int bytes, long nanoTime) {
        aheadNanos = Math.max(0, aheadNanos - (nanoTime - updatedAt)) + bytes * NANOS_PER_BYTE;
        updatedAt = nanoTime;
        return aheadNanos / NANOS_PER_BYTE;
    }
}
