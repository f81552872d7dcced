package dev.steno.recognition.remote;

import dev.steno.recognition.AudioQueue;
import dev.steno.transcript.AudioFormat;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/**
 * What waits to be sent on one stream: first what the protocol says, then audio, as far as the protocol lets it go.
 * Not thread-safe: the stream calls it under its lock.
 */
final class Outbox {
    /** What may wait while the connection is made, or while the server is slow: 2 s. */
    private static final int CAPACITY_BYTES = 2 * AudioFormat.BYTES_PER_SECOND;

    /** Sent at a time: 100 ms. */
    private static final int EVENT_BYTES = AudioFormat.BYTES_PER_SECOND / 10;

    private final Runnable onRoom;
    private final AudioQueue queue = new AudioQueue(CAPACITY_BYTES);
    private final Queue<Outgoing> said = new ArrayDeque<>();
    private final byte[] event = new byte[EVENT_BYTES];
    private long sentBytes;
    /** Whether audio was refused, and who sends it waits for room. */
    private boolean refused;

    private boolean finishing;
    private boolean finished;

    /** @param onRoom called when there is room for audio again after some was refused */
    Outbox(Runnable onRoom) {
        this.onRoom = onRoom;
    }

    /** @return how many bytes were taken */
    int put(ByteBuffer audio) {
        if (finishing) {
            return 0;
        }
        int taken = queue.put(audio);
        refused = audio.remaining() >= AudioFormat.BYTES_PER_SAMPLE;
        return taken;
    }

    /** Before any further audio. */
    void say(Outgoing message) {
        said.add(message);
    }

    /** No more audio is put. */
    void finish() {
        finishing = true;
    }

    /**
     * What is to be sent now. Tells the protocol once when all audio is out.
     *
     * @param opened whether the server takes audio
     * @return null if there is nothing
     */
    Outgoing next(EngineProtocol protocol, boolean opened) {
        if (said.isEmpty() && opened) {
            if (hasAudio() && protocol.ready()) {
                return protocol.audio(take());
            }
            if (finishing && !finished && queue.size() == 0) {
                finished = true;
                protocol.finish();
            }
        }
        return said.poll();
    }

    private boolean hasAudio() {
        return queue.size() >= EVENT_BYTES || (finishing && queue.size() > 0);
    }

    private byte[] take() {
        int count = queue.take(event);
        sentBytes += count;
        if (refused && queue.size() <= CAPACITY_BYTES / 2) {
            refused = false;
            onRoom.run();
        }
        return Arrays.copyOf(event, count);
    }

    /** How much audio was sent, in seconds. */
    double sentSeconds() {
        return AudioFormat.seconds(sentBytes);
    }

    /** Nothing is sent any more. */
    void clear() {
        queue.clear();
        said.clear();
    }
}
