package dev.steno.session.recording;

import dev.steno.session.mailbox.TimeSource;
import dev.steno.transcript.AudioFormat;

/**
 * When the audio of a recording was accepted, in steps of 100 ms. Costs an array of 2 KiB, and a chunk one write into
 * it. Belongs to the session's worker.
 */
final class ArrivalTimes {
    private static final int STEP_BYTES = AudioFormat.BYTES_PER_SECOND / 10;

    /** 51 s: more than one message holds or is sent to an engine again, so older audio gets no results any more. */
    private static final int STEPS = 512;

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Since {@link #origin}; an int holds three weeks of them. */
    private final int[] millis = new int[STEPS];

    private final long origin;
    private long newest;

    /** @param now as {@link TimeSource#nanoTime} */
    ArrivalTimes(long now) {
        origin = now;
    }

    /** @param position bytes accepted before these */
    void add(long position, int bytes, long now) {
        newest = (position + bytes - 1) / STEP_BYTES;
        for (long step = position / STEP_BYTES; step <= newest; step++) {
            millis[(int) (step % STEPS)] = (int) ((now - origin) / NANOS_PER_MILLI);
        }
    }

    /**
     * How long ago, in seconds, the audio up to a position in seconds was accepted. What is too old is as old as the
     * oldest.
     */
    double age(double end, long now) {
        long step = (AudioFormat.bytes(end) - 1) / STEP_BYTES;
        long known = Math.max(0, Math.min(newest, Math.max(step, newest - STEPS + 1)));
        return ((now - origin) / NANOS_PER_MILLI - millis[(int) (known % STEPS)]) / 1e3;
    }
}
