package dev.steno.session.node;

import dev.steno.session.mailbox.SessionWorker;
import dev.steno.session.recording.RecordingRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A recording that waits for its place: other nodes are asked, or another recording of the same caller makes room. What
 * the client asks for meanwhile is done afterwards, in order. Belongs to the session's worker.
 */
final class Opening {
    /**
     * A recording that makes room needs its last words first, which come within {@code SESSION_STOP_TIMEOUT} at most.
     */
    private static final Duration MOST = Duration.ofSeconds(15);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    /** Hears, once, what became of it. */
    interface Listener {
        void onPlace(Opening opening);

        void onNoPlace(String refusal);
    }

    private final RecordingRequest request;
    private final SessionOwner owner;
    private final Places places;
    private final SessionWorker worker;
    private final Listener listener;
    private final Queue<Runnable> afterwards = new ArrayDeque<>();
    private long audioBytes;
    private long since;
    private long askAt;
    private boolean asking;
    private boolean roomIsMade;
    private boolean over;

    Opening(RecordingRequest request, SessionOwner owner, Places places, SessionWorker worker, Listener listener) {
        this.request = request;
        this.owner = owner;
        this.places = places;
        this.worker = worker;
        this.listener = listener;
    }

    RecordingRequest request() {
        return request;
    }

    /** @param now as nanoTime */
    void begin(long now) {
        since = now;
        ask(now);
    }

    /** @param bytes of audio in the task */
    void later(Runnable task, int bytes) {
        afterwards.add(task);
        audioBytes += bytes;
    }

    /** Of audio that waits. */
    long audioBytes() {
        return audioBytes;
    }

    /** There is a recording now. */
    void runAfterwards() {
        while (!afterwards.isEmpty()) {
            afterwards.remove().run();
        }
    }

    /** The session is over; a place that is granted still is given back. */
    void abort() {
        over = true;
    }

    void tick(long now) {
        if (!over && !asking && now - askAt >= 0) {
            ask(now);
        }
    }

    private void ask(long now) {
        asking = true;
        CompletionStage<Optional<String>> asked = places.take(owner);
        CompletableFuture<Optional<String>> answer = asked.toCompletableFuture();
        if (answer.isDone()) {
            onAnswer(answer.join(), now);
        } else {
            asked.whenComplete((refusal, fault) -> worker.submit(() -> onAnswer(
                    fault == null ? refusal : Optional.of("The server cannot count its recordings now."), now)));
        }
    }

    private void onAnswer(Optional<String> refusal, long askedAt) {
        asking = false;
        if (over) {
            if (refusal.isEmpty()) {
                places.giveBack(owner);
            }
        } else if (refusal.isEmpty()) {
            over = true;
            listener.onPlace(this);
        } else {
            onRefusal(refusal.get(), askedAt);
        }
    }

    private void onRefusal(String refusal, long askedAt) {
        roomIsMade = roomIsMade || places.makeRoom(owner);
        askAt = askedAt + BETWEEN_TRIES.toNanos();
        if (!roomIsMade || askedAt - since >= MOST.toNanos()) {
            over = true;
            listener.onNoPlace(refusal);
        }
    }
}
