package dev.steno.session.attachment;

import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.mailbox.SessionWorker;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The connection through which the client of a session speaks now, if it is there. What comes over an older one is
 * dropped. Belongs to the session's worker; what may be called by any thread says so.
 */
public final class Attachment {
    private static final String NEWER = "resumed over another connection";

    private static final SessionEvent TAKEN_OVER = new SessionEvent.Problem(
            ErrorCode.SESSION_EXPIRED,
            "The recording was resumed over another connection.",
            true,
            OptionalLong.empty());

    private final SessionWorker worker;
    private final TimeSource time;
    private final SessionTokens tokens;
    private final Delivery delivery;
    private final ClientRequests requests;
    private final KeepAlive keepAlive;

    private ClientConnection current;
    private long lostAt;
    /** Null while the client is there, or was never lost; else when it was, as nanoTime. Read by any thread. */
    private volatile Long lostSince;

    /** @param requests hears what the client asks for */
    public Attachment(
            SessionWorker worker, TimeSource time, SessionTokens tokens, Delivery delivery, ClientRequests requests) {
        this.worker = worker;
        this.time = time;
        this.tokens = tokens;
        this.delivery = delivery;
        this.requests = requests;
        long now = time.nanoTime();
        keepAlive = new KeepAlive(now);
        lostAt = now;
    }

    SessionId sessionId() {
        return tokens.sessionId();
    }

    /** Whose requests are taken from now on; what it is told comes later, by {@link #greet}. */
    public void take(ClientConnection newer) {
        delivery.tell(TAKEN_OVER);
        delivery.closeNow(CloseCode.POLICY, NEWER);
        current = newer;
        lostSince = null;
    }

    /** Comes before the worker hears of the connection. By any thread. */
    public void bind(ClientConnection connection) {
        connection.bind(this);
    }

    /** Whether a newer connection came meanwhile: then this one is closed. */
    public boolean isOvertaken(ClientConnection connection) {
        if (connection == current) {
            return false;
        }
        refuse(connection, TAKEN_OVER, NEWER);
        return true;
    }

    /** The session cannot be resumed over this connection, which is closed. */
    public static void refuse(ClientConnection connection, SessionEvent why, String reason) {
        connection.channel().send(why);
        connection.channel().close(CloseCode.POLICY, reason);
    }

    /** Another token for the client; older ones stay good until it shows that it has this one. */
    public String issueToken() {
        return tokens.issue();
    }

    /** @param held finals that the client has: it is sent the others */
    public void catchUp(int held) {
        delivery.catchUp(held);
    }

    /** The first event on a connection. */
    public void greet(ClientConnection connection, SessionEvent.Connected greeting) {
        delivery.attach(connection.channel());
        delivery.tell(greeting);
    }

    /** Whether the client is there. */
    public boolean present() {
        return current != null;
    }

    /** Whether the connection ended before the session heard of it. */
    public boolean isGone(ClientConnection connection) {
        return connection.gone();
    }

    /** The address of Steno's root as the client reached it; empty if unknown, or if the client is not there. */
    public String base() {
        return current == null ? "" : current.channel().base();
    }

    /** The connection is gone. */
    public void detach() {
        delivery.detach();
        current = null;
        lostAt = time.nanoTime();
        lostSince = lostAt;
    }

    /** When the client was lost; empty if it is there. By any thread. */
    public Optional<Long> lostSince() {
        return Optional.ofNullable(lostSince);
    }

    /** Whether the client has been away for so long. */
    public boolean awayFor(Duration window, long now) {
        return current == null && now - lostAt >= window.toNanos();
    }

    /** Pings a client that is there, when that is due; one that does not answer is lost. */
    public void tick(long now) {
        if (current == null || !keepAlive.due(now)) {
            return;
        }
        if (keepAlive.ping(current.heardAt(), now)) {
            delivery.keepAlive();
        } else {
            boolean mayReturn = current.channel().canResume();
            delivery.closeNow(CloseCode.GOING_AWAY, "no answer to pings");
            if (mayReturn) {
                requests.onLost();
            } else {
                requests.onClosed();
            }
        }
    }

    /** Does what a client asked for, if it does not ask for too much at once. By any thread. */
    void offer(ClientConnection from, Consumer<ClientRequests> request) {
        worker.offer(() -> handle(from, request), () -> handle(from, ClientRequests::onFlood));
    }

    /** As {@link #offer}, for what cannot be refused. By any thread. */
    void submit(ClientConnection from, Consumer<ClientRequests> request) {
        worker.submit(() -> handle(from, request));
    }

    /** The end of a connection: no sign that the client ever got what was sent over it. By any thread. */
    void submitEnd(ClientConnection of, Consumer<ClientRequests> end) {
        worker.submit(() -> {
            if (of == current) {
                end.accept(requests);
            }
        });
    }

    private void handle(ClientConnection from, Consumer<ClientRequests> request) {
        if (from != current) {
            return;
        }
        if (from.onFrame(time.nanoTime()) && tokens.revokeOlder()) {
            requests.onTokens();
        }
        if (from.floods()) {
            requests.onFlood();
        }
        request.accept(requests);
    }
}
