package dev.steno.session.recording;

import dev.steno.transcript.AudioFormat;

/**
 * How far a client has sent audio ahead of real time. What arrives at once after a stall of the server, or of the
 * network, was sent in that time: time without audio earns credit, but not more than such a stall can last, so a client
 * that was paused for an hour cannot send an hour at once. Belongs to the session's worker.
 */
final class Haste {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_BYTE = NANOS_PER_SECOND / AudioFormat.BYTES_PER_SECOND;

    /**
     * A connection over which nothing is read for longer is taken for lost: three times 25 s without an answer to a
     * ping.
     */
    private static final long LONGEST_STALL_NANOS = 75 * NANOS_PER_SECOND;

    private long aheadNanos;
    private long updatedAt;

    /** @param now as {@link System#nanoTime} */
    Haste(long now) {
        updatedAt = now;
    }

    /** @return bytes ahead of real time, these included; negative if the client is behind */
    long add(int bytes, long now) {
        aheadNanos = Math.max(-LONGEST_STALL_NANOS, aheadNanos - (now - updatedAt)) + bytes * NANOS_PER_BYTE;
        updatedAt = now;
        return aheadNanos / NANOS_PER_BYTE;
    }
}
