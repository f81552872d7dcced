package dev.steno.session.node;

import dev.steno.archive.RestorableRecording;
import dev.steno.logging.LogEvent;
import dev.steno.session.ClientChannel;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionConnection;
import dev.steno.session.attachment.Attachment;
import dev.steno.session.attachment.ClientConnection;
import dev.steno.session.attachment.Delivery;
import dev.steno.session.attachment.SessionTokens;
import dev.steno.session.mailbox.SessionWorker;
import dev.steno.session.recording.LiveRecording;
import dev.steno.session.recording.RecordingRequest;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One client and its recording: new until the first audio or {@code start}, then as its {@link LiveRecording} is. The
 * client speaks through one connection, and may return through another when that is lost. Everything happens on the
 * session's worker; what may be called by any thread says so.
 */
final class TranscriptionSession {
    private static final System.Logger LOG = System.getLogger(TranscriptionSession.class.getName());

    private static final String SHUTDOWN = "the server shuts down";

    private final SessionFactory shared;
    private final SessionOwner owner;
    private final SessionLimits limits;
    private final SessionWorker worker;
    private final SessionTokens tokens;
    private final Delivery delivery;
    private final SharedLink link;
    private final RecordingSlot slot;
    private final Attachment attachment;
    private final Resumption resumption;
    private final Ticks ticks;
    private final long connectedAt;

    /** How it ended; null until then. */
    private CloseCode endedWith;

    private String endReason;

    TranscriptionSession(SessionFactory shared, SessionOwner owner, SessionLimits limits) {
        this.shared = shared;
        this.owner = owner;
        this.limits = limits;
        connectedAt = now();
        worker = shared.worker(this::onInternalFault);
        tokens = new SessionTokens(shared.registry().tokens(), owner.id());
        delivery = new Delivery(shared.recordings().watchers().observer(), worker::submit);
        link = new SharedLink(shared.sharing(), owner, this::base, event -> worker.submit(() -> delivery.tell(event)));
        slot = new RecordingSlot(shared, owner, worker, new DeliveredClient(delivery, tokens, this::close), link);
        delivery.finals(slot::shownFrom);
        Requests requests = new Requests(this, slot, delivery, link, limits.live());
        attachment = new Attachment(worker, shared.time(), tokens, delivery, requests);
        resumption = new Resumption(this, slot, attachment, shared.defaults(), new PendingResume(worker));
        ticks = new Ticks(worker, this::onTick, connectedAt);
    }

    /** Goes on with a recording whose process is gone. By any thread, before all else. */
    void restore(RecordingRequest request, RestorableRecording lost) {
        lost.tokenHashes().forEach(tokens::add);
        worker.submit(() -> slot.restore(request, lost));
    }

    /** By any thread. */
    SessionOwner owner() {
        return owner;
    }

    /** When the client of a recording was lost; empty if it is there, or nothing is recorded. By any thread. */
    Optional<Long> lostSince() {
        return slot.holdsPlace() ? attachment.lostSince() : Optional.empty();
    }

    /** Ends a recording whose client is lost, because the same caller needs its place. By any thread. */
    void makeRoom() {
        worker.submit(() -> {
            if (!attachment.present()) {
                stop(CloseCode.NORMAL, "a newer recording of the same caller takes its place");
            }
        });
    }

    /** The first connection. By any thread, once. */
    SessionConnection connect(ClientChannel channel) {
        ClientConnection connection = new ClientConnection(channel, shared.time());
        attachment.bind(connection);
        worker.submit(() -> {
            attachment.take(connection);
            resumption.greet(connection);
        });
        return connection;
    }

    /**
     * Another connection, which takes the place of the one before. By any thread.
     *
     * @param held finals that the client has
     * @param from the first byte of audio that it has
     */
    void resume(ClientConnection connection, int held, long from) {
        attachment.bind(connection);
        worker.submit(() -> resumption.begin(connection, held, from));
    }

    /** The server goes down: ends the recording, or hands it over. By any thread. */
    void endForShutdown() {
        worker.submit(() -> slot.recording()
                .ifPresentOrElse(this::endForShutdown, () -> stop(CloseCode.SERVICE_RESTART, SHUTDOWN)));
    }

    private void endForShutdown(LiveRecording recording) {
        if (limits.handOver()) {
            recording.handOver(limits.lastWords());
        } else {
            recording.stop(CloseCode.SERVICE_RESTART, SHUTDOWN, limits.lastWords());
        }
    }

    /** To be called about ten times a second, by any thread. */
    void tick() {
        ticks.tick(now());
    }

    /** An ended session cannot be resumed any more. By any thread. */
    void forget() {
        worker.submit(() -> {
            resumption.forget();
            tokens.revokeAll();
            slot.recording().ifPresent(recording -> recording.archiving().forget());
        });
    }

    /** After its end: the client, which is back, was sent all of it. */
    void closeAgain() {
        delivery.close(endedWith, endReason);
        releaseEnded();
    }

    /** Completes at once where there is no journal yet. */
    CompletionStage<Void> rememberTokens() {
        return slot.remember(tokens.hashes());
    }

    private String base() {
        return attachment.base();
    }

    /** The client closed its connection as it should. */
    void onClosed() {
        onGone();
        stop(CloseCode.NORMAL, "the client closed the connection");
    }

    /** The client's connection was lost in any other way. */
    void onLost() {
        onGone();
        if (limits.resumeWindow().isZero()) {
            stop(CloseCode.NORMAL, "the client was lost");
        } else {
            LOG.log(System.Logger.Level.DEBUG, "Session {0}: the client was lost and may resume.", owner.id());
        }
    }

    private void onGone() {
        attachment.detach();
        releaseEnded();
    }

    private void releaseEnded() {
        if (ended() && !delivery.attached()) {
            slot.recording().ifPresent(recording -> recording.archiving().release());
        }
    }

    private void onTick() {
        if (ended()) {
            return;
        }
        long now = now();
        resumption.tick(now);
        ticks.next(slot.ticksOften(), now);
        if (slot.isTaken()) {
            slot.tick();
        } else if (now - connectedAt >= limits.startTimeout().toNanos()) {
            fail(ErrorCode.SESSION_EXPIRED, CloseCode.POLICY, "No audio came. Connect again when there is some.");
        }
        if (attachment.awayFor(limits.resumeWindow(), now)) {
            stop(CloseCode.NORMAL, "the client did not come back");
        }
        attachment.tick(now);
    }

    /** Something waits for time to pass. */
    void tickSoon() {
        ticks.next(true, now());
    }

    boolean ended() {
        return endedWith != null;
    }

    /** Tells the client why, then ends as {@link #stop} does. */
    void fail(ErrorCode code, CloseCode close, String message) {
        if (!ended()) {
            slot.fail(code, close, message);
        }
    }

    void stop(CloseCode code, String reason) {
        if (!ended()) {
            slot.stop(code, reason);
        }
    }

    private void close(CloseCode code, String reason) {
        slot.close();
        endedWith = code;
        endReason = reason;
        delivery.close(code, reason);
        releaseEnded();
        link.onClosed();
        if (slot.recording().map(LiveRecording::isElsewhere).orElse(true)) {
            tokens.revokeAll();
        }
        shared.registry().onEnded(this);
    }

    private void onInternalFault(Throwable fault) {
        try {
            LogEvent.of("session_fault", "Session " + owner.id() + ": a fault in Steno itself; please report it.")
                    .session(owner.id())
                    .thrown(fault)
                    .log(LOG, System.Logger.Level.ERROR);
        } finally { // where classes cannot be loaded the log may fail as well
            if (slot.recording().isPresent()) {
                slot.recording().get().onInternalFault();
            } else if (!ended()) {
                close(CloseCode.SERVER_ERROR, "a fault in Steno");
            }
        }
    }

    long now() {
        return shared.time().nanoTime();
    }
}
