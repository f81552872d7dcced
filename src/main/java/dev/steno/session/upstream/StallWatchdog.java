package dev.steno.session.upstream;

import dev.steno.transcript.AudioFormat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Notices an engine that fell silent while somebody speaks: no event for the time-out, although enough audible audio
 * was sent since the last one or the engine takes no more of it.
 */
final class StallWatchdog {
    /** Speech has results within a second or two; a cough or a door does not add up to this. */
    private static final int AUDIBLE_BYTES = 5 * AudioFormat.BYTES_PER_SECOND;

    private final LongSupplier nanoTime;
    private final long timeoutNanos;
    private long lastEvent;
    private int audibleBytes;
    private int frameBytes;
    private long frameSum;
    private boolean refused;

    StallWatchdog(Duration timeout, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        timeoutNanos = timeout.toNanos();
        lastEvent = nanoTime.getAsLong();
    }

    /** The engine showed that it lives. */
    void onEvent() {
        lastEvent = nanoTime.getAsLong();
        audibleBytes = 0;
    }

    /**
     * Hears what was sent.
     *
     * @param audio from {@code start} to its position was taken, the rest was not
     */
    void onSent(ByteBuffer audio, int start) {
        refused = audio.hasRemaining();
        for (int i = start; i + 1 < audio.position(); i += Loudness.STEP * AudioFormat.BYTES_PER_SAMPLE) {
            hear(Loudness.size(audio, i));
        }
    }

    boolean stalled() {
        return nanoTime.getAsLong() - lastEvent >= timeoutNanos && (refused || audibleBytes >= AUDIBLE_BYTES);
    }

    private void hear(int size) {
        frameSum += size;
        frameBytes += Loudness.STEP * AudioFormat.BYTES_PER_SAMPLE;
        if (frameBytes >= Loudness.FRAME_BYTES) {
            if (Loudness.audible(frameSum)) {
                audibleBytes += Loudness.FRAME_BYTES;
            }
            frameBytes = 0;
            frameSum = 0;
        }
    }
}
