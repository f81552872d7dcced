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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The only sender on a socket. One message is under way at a time, and its completion sends the next: servers differ in
 * what they do with more, from dropping them to queueing without bound. For a client that reads slowly, partials and
 * progress are conflated, and the sender of finals is told to wait ({@link #congested}). What is queued all the same has a
 * bound, beyond which the connection is given up.
 */
final class WebSocketClientChannel implements ClientChannel {
    /** Messages that wait for a client that does not read. */
    private static final int WAITING = 1_000;

    /** With so many waiting, finals can wait where they are. */
    private static final int CONGESTED = 64;

    /** A client that takes nothing for so long is gone; it may still resume over another connection. */
    private static final long SEND_TIMEOUT_NANOS = 15_000_000_000L;

    private static final System.Logger LOG = System.getLogger(WebSocketClientChannel.class.getName());

    private final Session session;
    private final RemoteEndpoint.Async remote;
    private final LongSupplier nanoTime;
    private final Deque<SessionEvent> queue = new ArrayDeque<>();
    /** Calls of {@link #proceed} that are not done yet. */
    private final AtomicInteger turns = new AtomicInteger();

    private Runnable onRoom = () -> {};
    private boolean roomWanted;
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
                closing = doesNotRead();
                sending = false; // the close does not wait for it
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
            closing = closing == null ? doesNotRead() : closing;
        }
        closeSocket();
    }

    private static CloseReason doesNotRead() {
        return new CloseReason(
                CloseReason.CloseCodes.getCloseCode(CloseCode.DOES_NOT_READ.number()), "The client does not read.");
    }

    @Override
    public synchronized boolean congested() {
        roomWanted = !closed && closing == null && queue.size() >= CONGESTED;
        return roomWanted;
    }

    @Override
    public synchronized void onRoom(Runnable task) {
        onRoom = task;
    }

    /**
     * Some servers complete a send before it returns. One call then does the turns of all, so that a thousand messages do
     * not become ten thousand frames on the stack.
     */
    private void proceed() {
        if (turns.getAndIncrement() == 0) {
            do {
                turn();
            } while (turns.decrementAndGet() != 0);
        }
    }

    private void turn() {
        try {
            Runnable step = next();
            step.run();
        } catch (Throwable fault) { // whatever it is, the turns must go on, and nothing more can be sent here
            synchronized (this) {
                broken = true;
                closed = true;
                queue.clear();
            }
            closeSocket();
        }
    }

    private synchronized Runnable next() {
        if (sending || closed) {
            return () -> {};
        }
        SessionEvent event = queue.poll();
        if (event == null) {
            closed = closing != null;
            return closed ? this::closeSocket : () -> {};
        }
        sending = true;
        sendingSince = nanoTime.getAsLong();
        return () -> transmit(event);
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
        Runnable room = () -> {};
        synchronized (this) {
            sending = false;
            if (!result.isOK()) {
                broken = true;
                closed = true;
                queue.clear();
            } else if (roomWanted && queue.size() < CONGESTED / 2) {
                roomWanted = false;
                room = onRoom;
            }
        }
        if (result.isOK()) {
            proceed();
            room.run();
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
