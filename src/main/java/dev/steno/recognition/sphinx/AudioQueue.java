package dev.steno.recognition.sphinx;

import java.nio.ByteBuffer;

/** A ring of bytes between the session, which sends, and the decoder, which takes. Not thread-safe. */
final class AudioQueue {
    private final byte[] ring;
    private int head;
    private int size;

    AudioQueue(int capacityBytes) {
        ring = new byte[capacityBytes];
    }

    int size() {
        return size;
    }

    /** Takes what fits from the buffer, whole samples only, and says how many bytes that was. */
    int put(ByteBuffer audio) {
        int count = Math.min(audio.remaining(), ring.length - size) & ~1;
        int tail = (head + size) % ring.length;
        int first = Math.min(count, ring.length - tail);
        audio.get(ring, tail, first);
        audio.get(ring, 0, count - first);
        size += count;
        return count;
    }

    /** Moves up to a bufferful out, and says how many bytes that was. */
    int take(byte[] buffer) {
        int count = Math.min(buffer.length, size);
        int first = Math.min(count, ring.length - head);
        System.arraycopy(ring, head, buffer, 0, first);
        System.arraycopy(ring, 0, buffer, first, count - first);
        head = (head + count) % ring.length;
        size -= count;
        return count;
    }

    void clear() {
        size = 0;
    }
}
