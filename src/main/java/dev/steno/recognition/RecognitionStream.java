package dev.steno.recognition;

import java.nio.ByteBuffer;
import java.time.Instant;

/** One stream of audio to an engine. Called by one thread at a time; no method blocks. */
public interface RecognitionStream {
    /**
     * Takes as much audio as there is room for, from the buffer's position on, and advances the position past what was
     * taken. The bytes are copied: the caller may reuse the buffer. Room for at least 1 s is promised to a stream that
     * keeps up. After {@link #finish}, {@link #abort} or a terminal event nothing is taken.
     *
     * @param audio PCM in the format of {@link dev.steno.transcript.AudioFormat}; whole samples
     * @return the number of bytes taken, an even number; if fewer than remained, {@link RecognitionListener#onRoom}
     *     follows when there is room again
     */
    int send(ByteBuffer audio);

    /** No more audio comes. The rest is recognised, then the terminal event follows. Twice is the same as once. */
    void finish();

    /**
     * The moment by which the session replaces this stream by a new one, because the engine would end it soon after.
     * May come nearer while the stream starts, and stays put then.
     */
    default Instant replaceBy() {
        return Instant.MAX;
    }

    /**
     * Gives the stream up and releases what it holds. No event follows that was not already under way. Idempotent, and
     * harmless after the end.
     */
    void abort();
}
