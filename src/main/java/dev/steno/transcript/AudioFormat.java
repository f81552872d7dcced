package dev.steno.transcript;

/**
 * The one audio format that Steno speaks: linear PCM, signed 16-bit little-endian, mono, 16 000 Hz. A position in a
 * recording is counted in bytes of it, from 0 at the first accepted byte, or in seconds.
 */
public final class AudioFormat {
    public static final int SAMPLE_RATE_HERTZ = 16_000;
    public static final int BYTES_PER_SAMPLE = 2;
    public static final int BYTES_PER_SECOND = SAMPLE_RATE_HERTZ * BYTES_PER_SAMPLE;

    private AudioFormat() {}

    public static double seconds(long bytes) {
        return (double) bytes / BYTES_PER_SECOND;
    }

    /** The position of a moment, rounded to a whole sample. */
    public static long bytes(double seconds) {
        return Math.round(seconds * SAMPLE_RATE_HERTZ) * BYTES_PER_SAMPLE;
    }
}
