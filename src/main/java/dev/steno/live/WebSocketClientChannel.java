package dev.steno.live;

import dev.steno.caller.Visit;
import dev.steno.protocol.SocketWriter;
import dev.steno.protocol.SocketWriter.Kind;
import dev.steno.session.ClientChannel;
import dev.steno.session.CloseCode;
import dev.steno.session.SessionEvent;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.util.function.LongSupplier;

/** The way back to a client of {@code /ws}. */
final class WebSocketClientChannel implements ClientChannel {
    private final Session session;
    private final SocketWriter socket;

    WebSocketClientChannel(Session session) {
        this(session, System::nanoTime);
    }

    WebSocketClientChannel(Session session, LongSupplier nanoTime) {
        this.session = session;
        socket = new SocketWriter(session, nanoTime);
    }

    @Override
    public String base() {
        return session.getUserPrincipal() instanceof Visit visit ? visit.base() : "";
    }

    @Override
    public void send(SessionEvent event) {
        socket.send(kind(event), MessageCodec.encode(event));
    }

    private static Kind kind(SessionEvent event) {
        if (event instanceof SessionEvent.Partial) {
            return Kind.PARTIAL;
        }
        if (event instanceof SessionEvent.Final) {
            return Kind.FINAL;
        }
        return event instanceof SessionEvent.Progress ? Kind.PROGRESS : Kind.LASTING;
    }

    @Override
    public void close(CloseCode code, String reason) {
        socket.close(code.number(), reason);
    }

    /** As {@link SocketWriter#doneBy}. */
    boolean doneBy(CloseReason reason) {
        return socket.doneBy(reason);
    }

    /** The socket is closed: nothing can be sent any more. */
    void gone() {
        socket.gone();
    }

    @Override
    public void keepAlive() {
        socket.keepAlive();
    }

    @Override
    public boolean congested() {
        return socket.congested();
    }

    @Override
    public void onRoom(Runnable task) {
        socket.onRoom(task);
    }

    @Override
    public void giveUpIfStuck() {
        socket.giveUpIfStuck();
    }
}
