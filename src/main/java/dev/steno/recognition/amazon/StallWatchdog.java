package dev.steno.recognition.amazon;

import dev.steno.transcript.AudioFormat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Notices a service that fell silent while somebody speaks: no event for the time-out, although enough audible audio was
 * sent since the last one or the service takes no more of it. Events may come on any thread; all else on the sender's.
 */
final class StallWatchdog {
    /** Speech has results within a second or two; a cough or a door does not add up to this. */
    private static final int AUDIBLE_SAMPLES = 5 * AudioFormat.SAMPLE_RATE_HERTZ;

    /** 20 ms, the usual frame of speech processing: loudness varies from sound to sound. */
    private static final int FRAME_SAMPLES = AudioFormat.SAMPLE_RATE_HERTZ / 50;

    /** Every fourth sample tells how loud a frame is; all of them cost as much as signing the audio. */
    private static final int STEP = 4;

    /**
     * A frame whose samples have this size on average is audible: one per cent of full scale, -40 dB. Speech into a
     * microphone lies some 15 dB above, the noise of a quiet room 15 dB below.
     */
    private static final int AUDIBLE_LEVEL = 328;

    private final LongSupplier nanoTime;
    private final long timeoutNanos;
    private volatile long lastEvent;

    private long eventSeen;
    private int audibleSamples;
    private int frameSamples;
    private long frameSum;
    private boolean refused;

    StallWatchdog(Duration timeout, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        timeoutNanos = timeout.toNanos();
        lastEvent = nanoTime.getAsLong();
    }

    /** The service showed that it lives. */
    void onEvent() {
        lastEvent = nanoTime.getAsLong();
    }

    /**
     * Hears what was sent.
     *
     * @param audio from {@code start} to its position was taken, the rest was not
     */
    void onSent(ByteBuffer audio, int start) {
        if (eventSeen != lastEvent) {
            eventSeen = lastEvent;
            audibleSamples = 0;
        }
        refused = audio.hasRemaining();
        for (int i = start; i + 1 < audio.position(); i += STEP * AudioFormat.BYTES_PER_SAMPLE) {
            hear((audio.get(i) & 0xff) | (audio.get(i + 1) << 8));
        }
    }

    boolean stalled() {
        return nanoTime.getAsLong() - lastEvent >= timeoutNanos && (refused || audibleSamples >= AUDIBLE_SAMPLES);
    }

    private void hear(int sample) {
        frameSum += Math.abs(sample);
        frameSamples += STEP;
        if (frameSamples >= FRAME_SAMPLES) {
            if (frameSum * STEP >= (long) AUDIBLE_LEVEL * FRAME_SAMPLES) {
                audibleSamples += FRAME_SAMPLES;
            }
            frameSamples = 0;
            frameSum = 0;
        }
    }
}
