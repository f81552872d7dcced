package dev.steno.live;

import dev.steno.caller.Visit;
import dev.steno.session.ClientChannel;
import dev.steno.session.CloseCode;
import dev.steno.session.SessionEvent;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * The only sender on a socket. One message is under way at a time, and its completion sends the next: servers differ in
 * what they do with more, from dropping them to queueing without bound. For a client that reads slowly, partials and
 * progress are conflated and finals kept; beyond a bound the connection is given up.
 */
final class WebSocketClientChannel implements ClientChannel {
    /** Messages that wait for a client that does not read: minutes of finals. */
    private static final int WAITING = 1_000;

    /** A client that takes nothing for so long is gone; it may still resume over another connection. */
    private static final long SEND_TIMEOUT_NANOS = 15_000_000_000L;

    private static final String DOES_NOT_READ = "The client does not read.";

    private static final System.Logger LOG = System.getLogger(WebSocketClientChannel.class.getName());

    private final Session session;
    private final RemoteEndpoint.Async remote;
    private final LongSupplier nanoTime;
    private final Deque<SessionEvent> queue = new ArrayDeque<>();
    private boolean sending;
    private long sendingSince;
    private CloseReason closing;
    private boolean closed;
    private boolean broken;

    WebSocketClientChannel(Session session) {
        this(session, System::nanoTime);
    }

    WebSocketClientChannel(Session session, LongSupplier nanoTime) {
        this.session = session;
        this.nanoTime = nanoTime;
        this.remote = session.getAsyncRemote();
    }

    @Override
    public String base() {
        return session.getUserPrincipal() instanceof Visit visit ? visit.base() : "";
    }

    @Override
    public void send(SessionEvent event) {
        synchronized (this) {
            if (closing != null || closed) {
                return;
            }
            if (queue.size() >= WAITING) {
                queue.clear();
                closing = new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, DOES_NOT_READ);
                sending = false;
            } else {
                enqueue(event);
            }
        }
        proceed();
    }

    /** What a newer event makes obsolete is not sent any more. */
    private void enqueue(SessionEvent event) {
        if (event instanceof SessionEvent.Partial || event instanceof SessionEvent.Final) {
            queue.removeIf(SessionEvent.Partial.class::isInstance);
        } else if (event instanceof SessionEvent.Progress) {
            queue.removeIf(SessionEvent.Progress.class::isInstance);
        }
        queue.add(event);
    }

    @Override
    public void close(CloseCode code, String reason) {
        synchronized (this) {
            if (closing != null) {
                return;
            }
            closing = new CloseReason(CloseReason.CloseCodes.getCloseCode(code.number()), reason);
        }
        proceed();
    }

    /**
     * Whether the client closed the connection because it is done. Not if a message could not be sent: this closes the socket then, of
     * which Undertow tells as if the client had done it, with 1000.
     */
    synchronized boolean doneBy(CloseReason reason) {
        return !broken && reason.getCloseCode() == CloseReason.CloseCodes.NORMAL_CLOSURE;
    }

    /** The socket is closed: nothing can be sent any more. */
    synchronized void gone() {
        closed = true;
        queue.clear();
    }

    @Override
    public void keepAlive() {
        synchronized (this) {
            if (sending || closed || !queue.isEmpty()) {
                return; // traffic enough
            }
        }
        try {
            remote.sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "A ping could not be sent; the server will report the close.", e);
        }
    }

    /** Its own time-out, because that of the API does nothing on Tyrus: a message to a full socket stays under way for good. */
    @Override
    public void giveUpIfStuck() {
        synchronized (this) {
            if (!sending || closed || nanoTime.getAsLong() - sendingSince < SEND_TIMEOUT_NANOS) {
                return;
            }
            closed = true;
            queue.clear();
            closing =
                    closing == null ? new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, DOES_NOT_READ) : closing;
        }
        closeSocket();
    }

    private void proceed() {
        SessionEvent next;
        synchronized (this) {
            if (sending || closed) {
                return;
            }
            next = queue.poll();
            if (next == null && closing == null) {
                return;
            }
            if (next == null) {
                closed = true;
            } else {
                sending = true;
                sendingSince = nanoTime.getAsLong();
            }
        }
        if (next == null) {
            closeSocket();
        } else {
            transmit(next);
        }
    }

    private void transmit(SessionEvent event) {
        SendHandler handler = this::onSent;
        try {
            remote.sendText(MessageCodec.encode(event), handler);
        } catch (RuntimeException e) { // a closed socket: Tyrus, for one, throws RuntimeException itself
            onSent(new SendResult(e));
        }
    }

    private void onSent(SendResult result) {
        synchronized (this) {
            sending = false;
            if (!result.isOK()) {
                broken = true;
                closed = true;
                queue.clear();
            }
        }
        if (result.isOK()) {
            proceed();
        } else {
            LOG.log(System.Logger.Level.DEBUG, "The client is gone.", result.getException());
            closeSocket();
        }
    }

    private void closeSocket() {
        try {
            session.close(closing == null ? new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "") : closing);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "The socket was closed already.", e);
        }
    }
}
