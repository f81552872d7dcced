package dev.steno.soak;

import dev.steno.testing.transcribe.AudioDigest;
import java.util.Random;

/** Audio without end, the same at the same position each time: so nobody has to keep it, and everybody can check it. */
final class Noise {
    /** A prime number of samples: no chunk or segment of another recording has the same bytes soon. */
    private static final int RING_BYTES = 2 * 524_287;

    private final byte[] ring = new byte[RING_BYTES];
    private final long offset;

    /** @param seed another one for each recording */
    Noise(long seed) {
        new Random(1).nextBytes(ring);
        offset = 2 * Math.floorMod(seed * 7_919, RING_BYTES / 2L);
    }

    byte[] read(long position, int length) {
        byte[] audio = new byte[length];
        int from = Math.toIntExact((offset + position) % RING_BYTES);
        int first = Math.min(length, RING_BYTES - from);
        System.arraycopy(ring, from, audio, 0, first);
        System.arraycopy(ring, 0, audio, first, length - first);
        return audio;
    }

    /** As the stand-in of Amazon Transcribe writes it into its results. */
    String hash(long position, int length) {
        return AudioDigest.hash(read(position, length));
    }
}
