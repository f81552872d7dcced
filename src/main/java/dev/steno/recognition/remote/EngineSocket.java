package dev.steno.recognition.remote;

import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One WebSocket to an engine's server. Asks its peer for the next message when the last one is out, so that nothing
 * queues here, and for one message of the server at a time. Nothing blocks.
 */
final class EngineSocket implements WebSocket.Listener {
    /** A message of a server has some hundred bytes; a result with the words of many minutes has not this many. */
    private static final int LONGEST_MESSAGE = 1 << 20;

    /** A server that does not answer a close in time is left without it. */
    private static final int CLOSE_SECONDS = 5;

    /** Called by any thread, by several at once. */
    interface Peer {
        void connected();

        /** @return the next message, or null if there is none now: then {@link #pump} follows when there is */
        Outgoing next();

        void message(String text);

        void closed(int code);

        void broken(Throwable cause);
    }

    private final Peer peer;
    private final StringBuilder text = new StringBuilder();
    private final AtomicInteger pumps = new AtomicInteger();
    private volatile WebSocket socket;
    private volatile boolean sending;
    private volatile boolean aborted;

    EngineSocket(Peer peer) {
        this.peer = peer;
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        if (aborted) {
            opened.abort();
            return;
        }
        peer.connected();
        opened.request(1);
        pump();
    }

    /**
     * Sends what there is, one after another. By any thread; a thread that finds another one sending leaves it to that
     * one.
     */
    void pump() {
        if (pumps.getAndIncrement() != 0) {
            return;
        }
        int seen;
        do {
            seen = pumps.get();
            sendNext();
        } while (!pumps.compareAndSet(seen, 0));
    }

    private void sendNext() {
        if (sending || aborted || socket == null) {
            return;
        }
        Outgoing message = peer.next();
        if (message != null) {
            sending = true;
            var unused = send(message).whenComplete((sent, cause) -> {
                sending = false;
                if (cause == null) {
                    pump();
                } else {
                    peer.broken(cause);
                }
            });
        }
    }

    private CompletableFuture<WebSocket> send(Outgoing message) {
        return message instanceof Outgoing.Text said
                ? socket.sendText(said.text(), true)
                : socket.sendBinary(ByteBuffer.wrap(((Outgoing.Binary) message).bytes()), true);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (text.length() > LONGEST_MESSAGE) {
            peer.broken(new IOException("A message of the server is too long."));
            return null;
        }
        if (last) {
            String message = text.toString();
            text.setLength(0);
            peer.message(message);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        peer.broken(new IOException("The server sent bytes where its protocol has text."));
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        peer.closed(code);
        return null; // the answer to the close is sent then
    }

    @Override
    public void onError(WebSocket from, Throwable cause) {
        peer.broken(cause);
    }

    /** Ends the connection as the protocol of WebSockets has it. */
    void close() {
        WebSocket open = socket;
        if (open == null || open.isOutputClosed()) {
            abort();
            return;
        }
        var unused = open.sendClose(WebSocket.NORMAL_CLOSURE, "")
                .whenComplete((sent, cause) -> CompletableFuture.delayedExecutor(
                                CLOSE_SECONDS, TimeUnit.SECONDS, Runnable::run)
                        .execute(open::abort));
    }

    /** Drops the connection, also one that is still being made. */
    void abort() {
        aborted = true;
        if (socket != null) {
            socket.abort();
        }
    }
}
