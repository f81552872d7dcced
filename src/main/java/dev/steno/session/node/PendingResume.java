package dev.steno.session.node;

import dev.steno.session.mailbox.SessionWorker;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A client that returned, and waits for the journal to know its new token: it must not hold one that a crash forgets.
 * Belongs to the session's worker.
 */
final class PendingResume {
    /** A client that resumes is not kept waiting for a disk that does not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private record Wait(long since, Runnable goOn) {}

    private final SessionWorker worker;
    private Wait wait;

    PendingResume(SessionWorker worker) {
        this.worker = worker;
    }

    /** Takes the place of an earlier one that still waits. */
    void await(CompletionStage<Void> remembered, Runnable goOn, long now) {
        Wait begun = new Wait(now, goOn);
        wait = begun;
        remembered.whenComplete((written, fault) -> worker.submit(() -> finish(begun)));
    }

    void tick(long now) {
        if (wait != null && now - wait.since() >= PATIENCE.toNanos()) {
            finish(wait);
        }
    }

    /** Another one may have begun, and time may have ended this one. */
    @SuppressWarnings("ReferenceEquality") // this very one
    private void finish(Wait done) {
        if (wait == done) {
            wait = null;
            done.goOn().run();
        }
    }
}
