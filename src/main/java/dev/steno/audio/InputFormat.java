package dev.steno.audio;

import dev.steno.transcript.AudioFormat;

/**
 * The format in which a client sends its audio.
 *
 * @param sampleRateHertz {@link #LOWEST_RATE} to {@link #HIGHEST_RATE}
 * @param channels interleaved; two are averaged
 */
public record InputFormat(AudioEncoding encoding, int sampleRateHertz, int channels) {
    public static final int LOWEST_RATE = 8_000;
    public static final int HIGHEST_RATE = 48_000;
    public static final int MOST_CHANNELS = 2;

    /** What Steno uses itself: {@link AudioFormat}. Nothing is converted. */
    public static final InputFormat NATIVE = new InputFormat(AudioEncoding.PCM, AudioFormat.SAMPLE_RATE_HERTZ, 1);

    /**
     * @throws IllegalArgumentException for a rate or a number of channels that cannot be converted; fit for the client
     */
    public InputFormat {
        if (sampleRateHertz < LOWEST_RATE || sampleRateHertz > HIGHEST_RATE) {
            throw new IllegalArgumentException(
                    "The sample rate must be from " + LOWEST_RATE + " to " + HIGHEST_RATE + " Hz.");
        }
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw new IllegalArgumentException("There must be one channel or two.");
        }
    }

    public InputFormat(AudioEncoding encoding, int sampleRateHertz) {
        this(encoding, sampleRateHertz, 1);
    }

    public boolean isNative() {
        return equals(NATIVE);
    }

    /** Bytes of one sample of every channel. */
    public int frameBytes() {
        return encoding.bytesPerSample() * channels;
    }

    /** How long this much audio lasts. */
    public double seconds(long bytes) {
        return (double) bytes / frameBytes() / sampleRateHertz;
    }
}
