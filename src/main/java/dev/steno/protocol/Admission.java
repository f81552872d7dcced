package dev.steno.protocol;

import dev.steno.caller.Visit;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;

/**
 * For each endpoint to ask first: whether the handshake filter let this connection in. A filter that was left out opens
 * no door.
 */
public final class Admission {
    private static final System.Logger LOG = System.getLogger(Admission.class.getName());

    private Admission() {}

    public static boolean isGiven(Session socket) {
        return socket.getUserPrincipal() instanceof Visit;
    }

    public static void refuse(Session socket) {
        LOG.log(
                System.Logger.Level.ERROR,
                "A connection to {0} came past the handshake filter and is closed. The filters of the WAR must stay as they "
                        + "are.",
                socket.getRequestURI() == null ? "" : socket.getRequestURI().getPath());
        try {
            socket.close(new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, "The handshake was not checked."));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "The socket was closed already.", e);
        }
    }
}
