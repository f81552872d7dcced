package dev.steno.session.upstream;

import dev.steno.transcript.AudioFormat;
import java.nio.ByteBuffer;

/**
 * The audio of one recording that may be needed again: what was not sent upstream yet, and what no final result covers.
 * Addressed by position, the number of bytes accepted before it. A ring that grows as needed up to a limit; when it is
 * full the oldest bytes give way. Not thread-safe: it belongs to the session's worker.
 */
final class AudioBuffer {
    /** 1 s: enough for an engine that settles its results quickly. */
    private static final int FIRST_CAPACITY = AudioFormat.BYTES_PER_SECOND;

    /** Memory is given back when little of it was used for so much audio: 10 s, longer than most segments are. */
    private static final int SHRINK_AFTER_BYTES = 10 * AudioFormat.BYTES_PER_SECOND;

    private final int limit;
    private final ReplayBudget budget;
    private byte[] ring = new byte[0];
    private long start;
    private long end;
    /** The most that was held at once since {@link #shrinkAt} was set. */
    private long mostHeld;

    private long shrinkAt;

    /**
     * @param limit bytes held at most, whole samples
     * @param position of the first byte that will come
     */
    AudioBuffer(int limit, ReplayBudget budget, long position) {
        this.limit = limit;
        this.budget = budget;
        start = position;
        end = position;
        shrinkAt = position + SHRINK_AFTER_BYTES;
    }

    /** Position of the oldest byte held. */
    long start() {
        return start;
    }

    /** Position after the newest byte: the number of bytes accepted so far. */
    long end() {
        return end;
    }

    /** Takes all of {@code audio}. The oldest bytes give way if there is no room: {@link #start} tells. */
    void append(byte[] audio) {
        makeRoom(audio.length);
        int from = Math.max(0, audio.length - ring.length);
        end += from;
        start = Math.max(start, end + (audio.length - from) - ring.length);
        while (from < audio.length) {
            int offset = offset(end);
            int count = Math.min(audio.length - from, ring.length - offset);
            System.arraycopy(audio, from, ring, offset, count);
            from += count;
            end += count;
        }
        mostHeld = Math.max(mostHeld, end - start);
        if (end >= shrinkAt) {
            shrink();
        }
    }

    /**
     * The bytes from a position on, as far as they lie together in memory, whole samples; call again for the rest.
     * Valid until the next append.
     *
     * @param position from {@link #start} to {@link #end}
     */
    ByteBuffer read(long position) {
        if (position < start || position > end) {
            throw new IllegalArgumentException(position + " is outside " + start + ".." + end);
        }
        if (position == end) {
            return ByteBuffer.allocate(0);
        }
        int offset = offset(position);
        int count = (int) Math.min(end - position, ring.length - offset);
        return ByteBuffer.wrap(ring, offset, count).asReadOnlyBuffer();
    }

    /** Forgets what lies before a position. */
    void trim(long position) {
        start = Math.max(start, Math.min(position, end));
    }

    /** Gives memory back that what is held does not need. */
    void compact() {
        if (start == end) {
            release();
        } else {
            mostHeld = end - start;
            shrink();
        }
    }

    private void shrink() {
        int capacity = (int) Math.max(FIRST_CAPACITY, 2 * mostHeld);
        if (mostHeld < ring.length / 4 && capacity < ring.length) {
            budget.release(ring.length - capacity);
            resize(capacity);
        }
        mostHeld = end - start;
        shrinkAt = end + SHRINK_AFTER_BYTES;
    }

    /** Gives the memory back; nothing is held any more. */
    void release() {
        start = end;
        budget.release(ring.length);
        ring = new byte[0];
    }

    private int offset(long position) {
        return (int) (position % ring.length);
    }

    private void makeRoom(int count) {
        long needed = end - start + count;
        if (ring.length == 0) {
            budget.take(FIRST_CAPACITY);
            ring = new byte[FIRST_CAPACITY];
        }
        // A quarter more than needed, so that a long stretch without finals does not copy at each chunk.
        int capacity = (int) Math.min(wholeSamples(needed + needed / 4), limit);
        if (needed > ring.length && capacity > ring.length && budget.reserve(capacity - ring.length)) {
            resize(capacity);
        }
    }

    /** A ring that ended within a sample would give the engine half of one, which it never takes. */
    private static long wholeSamples(long bytes) {
        return bytes - bytes % AudioFormat.BYTES_PER_SAMPLE;
    }

    private void resize(int capacity) {
        byte[] resized = new byte[capacity];
        for (long position = start; position < end; ) {
            ByteBuffer part = read(position);
            int to = (int) (position % capacity);
            int count = Math.min(part.remaining(), capacity - to);
            part.get(resized, to, count);
            position += count;
        }
        ring = resized;
    }
}
