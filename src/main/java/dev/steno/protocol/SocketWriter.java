package dev.steno.protocol;

import dev.steno.session.CloseCode;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The only sender on a socket. One message is under way at a time, and its completion sends the next: servers differ
 * in what they do with more, from dropping them to queueing without bound. For a client that reads slowly, partials and
 * progress are conflated, and the sender of finals is told to wait ({@link #congested}). What is queued all the same
 * has a bound, beyond which the connection is given up. Thread-safe; never blocks.
 */
public final class SocketWriter {
    /** What a message may take the place of while it waits. */
    public enum Kind {
        /** Is kept. */
        LASTING,
        /** Replaces a partial that waits. */
        PARTIAL,
        /** Is kept, and makes a partial that waits obsolete. */
        FINAL,
        /** Replaces a progress that waits. */
        PROGRESS
    }

    private record Message(Kind kind, String text) {}

    /** Messages that wait for a client that does not read. */
    private static final int WAITING = 1_000;

    /** With so many waiting, finals can wait where they are. */
    private static final int CONGESTED = 64;

    /** A client that takes nothing for so long is gone; it may still resume over another connection. */
    private static final long SEND_TIMEOUT_NANOS = 15_000_000_000L;

    /** RFC 6455, section 5.5: a control frame has 125 bytes, of which the code takes two. */
    private static final int REASON_BYTES = 123;

    private static final System.Logger LOG = System.getLogger(SocketWriter.class.getName());

    private final Session session;
    private final RemoteEndpoint.Async remote;
    private final LongSupplier nanoTime;
    private final Deque<Message> queue = new ArrayDeque<>();
    /** Calls of {@link #proceed} that are not done yet. */
    private final AtomicInteger turns = new AtomicInteger();

    private Runnable onRoom = () -> {};
    private boolean roomWanted;
    private boolean sending;
    private long sendingSince;
    private CloseReason closing;
    private boolean closed;
    private boolean broken;

    public SocketWriter(Session session) {
        this(session, System::nanoTime);
    }

    public SocketWriter(Session session, LongSupplier nanoTime) {
        this.session = session;
        this.nanoTime = nanoTime;
        this.remote = session.getAsyncRemote();
    }

    public void send(String text) {
        send(Kind.LASTING, text);
    }

    public void send(Kind kind, String text) {
        synchronized (this) {
            if (closing != null || closed) {
                return;
            }
            if (queue.size() >= WAITING) {
                queue.clear();
                closing = doesNotRead();
                sending = false; // the close does not wait for it
            } else {
                enqueue(new Message(kind, text));
            }
        }
        proceed();
    }

    /** What a newer message makes obsolete is not sent any more. */
    private void enqueue(Message message) {
        switch (message.kind()) {
            case PARTIAL, FINAL -> queue.removeIf(waiting -> waiting.kind() == Kind.PARTIAL);
            case PROGRESS -> queue.removeIf(waiting -> waiting.kind() == Kind.PROGRESS);
            case LASTING -> {}
        }
        queue.add(message);
    }

    /** Sends what is queued, then closes the connection. Only the first close counts. */
    public void close(int code, String reason) {
        synchronized (this) {
            if (closing != null) {
                return;
            }
            closing = new CloseReason(CloseReason.CloseCodes.getCloseCode(code), fitting(reason));
        }
        proceed();
    }

    /** As much as a close frame holds, and no half of a character. */
    private static String fitting(String reason) {
        if (reason.getBytes(StandardCharsets.UTF_8).length <= REASON_BYTES) {
            return reason;
        }
        StringBuilder fitting = new StringBuilder();
        int bytes = 0;
        for (int point : reason.codePoints().toArray()) {
            String character = Character.toString(point);
            bytes += character.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > REASON_BYTES) {
                break;
            }
            fitting.append(character);
        }
        return fitting.toString();
    }

    /**
     * Whether the client closed the connection because it is done. Not if a message could not be sent: this closes
     * the socket then, of which Undertow tells as if the client had done it, with 1000.
     */
    public synchronized boolean doneBy(CloseReason reason) {
        return !broken && reason.getCloseCode() == CloseReason.CloseCodes.NORMAL_CLOSURE;
    }

    /** The socket is closed: nothing can be sent any more. */
    public synchronized void gone() {
        closed = true;
        queue.clear();
    }

    /** Lets intermediaries and the server see that the connection lives. */
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

    /**
     * Its own time-out, because that of the API does nothing on Tyrus: a message to a full socket stays under way for
     * good.
     */
    public void giveUpIfStuck() {
        synchronized (this) {
            if (!sending || closed || nanoTime.getAsLong() - sendingSince < SEND_TIMEOUT_NANOS) {
                return;
            }
        }
        closeNow(doesNotRead());
    }

    /** Whatever waits to be sent. */
    private void closeNow(CloseReason why) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            queue.clear();
            closing = closing == null ? why : closing;
        }
        closeSocket();
    }

    /**
     * Whether so much is queued that finals had better wait where they are until {@link #onRoom} says that there is
     * room.
     */
    public synchronized boolean congested() {
        roomWanted = !closed && closing == null && queue.size() >= CONGESTED;
        return roomWanted;
    }

    /**
     * @param task told once each time when the connection, after it was {@link #congested}, has room again; by any
     *     thread
     */
    public synchronized void onRoom(Runnable task) {
        onRoom = task;
    }

    private static CloseReason doesNotRead() {
        return new CloseReason(
                CloseReason.CloseCodes.getCloseCode(CloseCode.DOES_NOT_READ.number()), "The client does not read.");
    }

    /**
     * Some servers complete a send before it returns. One call then does the turns of all, so that a thousand
     * messages do not become ten thousand frames on the stack.
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
            next().run();
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
        Message message = queue.poll();
        if (message == null) {
            closed = closing != null;
            return closed ? this::closeSocket : () -> {};
        }
        sending = true;
        sendingSince = nanoTime.getAsLong();
        return () -> transmit(message.text());
    }

    private void transmit(String text) {
        SendHandler handler = this::onSent;
        try {
            remote.sendText(WellFormed.text(text), handler);
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
