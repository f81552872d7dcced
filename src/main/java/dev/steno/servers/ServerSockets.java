package dev.steno.servers;

import jakarta.websocket.Session;

/** For each endpoint to call: what servers do not do by themselves for a WebSocket. */
public final class ServerSockets {
    private ServerSockets() {}

    /** To be asked once a second: whether the server keeps more of a message than it may have, so the connection is to be closed. */
    public static boolean keepsTooMuch(Session session) {
        return LibertyMessages.tooLarge(session);
    }

    /** To be called for an error by an endpoint that was never opened. */
    public static void failed(Session session) {
        TyrusEndpoints.forget(session);
    }
}
