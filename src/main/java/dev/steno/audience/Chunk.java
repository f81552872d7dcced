package dev.steno.audience;

import java.nio.charset.StandardCharsets;

/**
 * Bytes on their way to viewers; shared by all of them and never changed.
 *
 * @param madeAt when the result came that they tell of, as {@link System#nanoTime}; 0 if they tell of none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy for each viewer is what this avoids
record Chunk(byte[] bytes, int offset, int length, long madeAt) {
    static Chunk of(byte[] bytes, long madeAt) {
        return new Chunk(bytes, 0, bytes.length, madeAt);
    }

    static Chunk of(String text) {
        return of(text, 0);
    }

    static Chunk of(String text, long madeAt) {
        return of(text.getBytes(StandardCharsets.UTF_8), madeAt);
    }

    /** The same, for somebody whom it reaches late. */
    Chunk undated() {
        return new Chunk(bytes, offset, length, 0);
    }

    /** What is left of it behind its first bytes. */
    Chunk after(int count) {
        return new Chunk(bytes, offset + count, length - count, madeAt);
    }
}
