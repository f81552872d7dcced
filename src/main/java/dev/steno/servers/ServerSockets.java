package dev.steno.servers;

import jakarta.websocket.Session;

/** For each endpoint to call: what servers do not do by themselves for a WebSocket. */
public final class ServerSockets {
    private ServerSockets() {}

    /** To be called first, while a connection is opened. */
    public static void opened(Session session) {
        LibertyConnections.guard(session);
    }

    /**
     * To be called for the end of a socket.
     *
     * @param ending runs when all messages that came before it were handed to the endpoint; on most servers that is now
     */
    public static void ended(Session session, Runnable ending) {
        UndertowMessages.after(session, ending);
    }

    /** To be called for an error by an endpoint that was never opened. */
    public static void failed(Session session) {
        TyrusEndpoints.forget(session);
    }
}
