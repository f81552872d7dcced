package dev.steno.session.node;

import dev.steno.recognition.EngineOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

/**
 * A recording that waits for its place: other nodes are asked, or another recording of the same caller makes room. What
 * the client asks for meanwhile is done afterwards, in order. Belongs to the session's worker.
 */
final class PlaceWait {
    /** A recording that makes room needs its last words first, which come within {@code SESSION_STOP_TIMEOUT} at most. */
    private static final Duration MOST = Duration.ofSeconds(15);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final EngineOrder engines;
    private final Map<String, String> options;
    private final long since;
    private final Queue<Runnable> afterwards = new ArrayDeque<>();
    private long audioBytes;
    private boolean roomIsMade;
    private boolean asking = true;
    private long askAt;

    /** @param now as nanoTime */
    PlaceWait(EngineOrder engines, Map<String, String> options, long now) {
        this.engines = engines;
        this.options = options;
        this.since = now;
    }

    EngineOrder engines() {
        return engines;
    }

    Map<String, String> options() {
        return options;
    }

    /** @param bytes of audio in the task */
    void later(Runnable task, int bytes) {
        afterwards.add(task);
        audioBytes += bytes;
    }

    long audioBytes() {
        return audioBytes;
    }

    /** There was no place; whether it is worth asking again. */
    boolean refused(boolean madeRoom, long now) {
        asking = false;
        roomIsMade |= madeRoom;
        askAt = now + BETWEEN_TRIES.toNanos();
        return roomIsMade && now - since < MOST.toNanos();
    }

    boolean roomIsMade() {
        return roomIsMade;
    }

    /** @return whether to ask now; then the answer is awaited */
    boolean askNow(long now) {
        boolean due = !asking && now - askAt >= 0;
        asking |= due;
        return due;
    }

    void done() {
        while (!afterwards.isEmpty()) {
            afterwards.remove().run();
        }
    }
}
