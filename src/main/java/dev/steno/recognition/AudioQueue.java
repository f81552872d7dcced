package dev.steno.recognition;

import java.nio.ByteBuffer;

/** A ring of bytes between the session, which sends, and an engine, which takes. Not thread-safe. */
public final class AudioQueue {
    private final byte[] ring;
    private int head;
    private int size;

    public AudioQueue(int capacityBytes) {
        ring = new byte[capacityBytes];
    }

    public int size() {
        return size;
    }

    /** Takes what fits from the buffer, whole samples only, and says how many bytes that was. */
    public int put(ByteBuffer audio) {
        int count = Math.min(audio.remaining(), ring.length - size) & ~1;
        int tail = (head + size) % ring.length;
        int first = Math.min(count, ring.length - tail);
        audio.get(ring, tail, first);
        audio.get(ring, 0, count - first);
        size += count;
        return count;
    }

    /** Moves up to a bufferful out, and says how many bytes that was. */
    public int take(byte[] buffer) {
        int count = Math.min(buffer.length, size);
        int first = Math.min(count, ring.length - head);
        System.arraycopy(ring, head, buffer, 0, first);
        System.arraycopy(ring, 0, buffer, first, count - first);
        head = (head + count) % ring.length;
        size -= count;
        return count;
    }

    public void clear() {
        size = 0;
    }
}
