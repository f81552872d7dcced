package dev.steno.live;

import dev.steno.session.ErrorCode;
import dev.steno.session.TranscriptionSession;
import dev.steno.session.TranscriptionSessions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

/** The WebSocket at {@code /ws}: one object a connection. Hands everything to the session and never blocks. */
@Dependent // without a scope Open Liberty leaves the injected field null (OpenLiberty issue 34986)
@ServerEndpoint("/ws")
public class TranscriptionEndpoint {
    /** What Steno takes as one message. */
    static final int MESSAGE_BYTES = 256 * 1024;

    /** What the container takes as one message; beyond it closes with 1009. */
    private static final int CONTAINER_BYTES = 1024 * 1024;

    private static final System.Logger LOG = System.getLogger(TranscriptionEndpoint.class.getName());

    @Inject
    private TranscriptionSessions sessions;

    private WebSocketClientChannel channel;
    private TranscriptionSession session;

    @OnOpen
    public void open(Session socket) {
        channel = new WebSocketClientChannel(socket);
        session = sessions.open(channel);
    }

    @OnMessage(maxMessageSize = CONTAINER_BYTES)
    public void text(String frame) {
        if (frame.length() > MESSAGE_BYTES) {
            refuseLength(frame.length());
            return;
        }
        try {
            dispatch(MessageCodec.decode(frame));
        } catch (RefusedMessageException e) {
            session.refuse(e.code(), e.getMessage());
        }
    }

    @OnMessage(maxMessageSize = CONTAINER_BYTES)
    public void binary(byte[] frame) {
        if (frame.length > MESSAGE_BYTES) {
            refuseLength(frame.length);
        } else {
            session.audio(frame);
        }
    }

    @OnClose
    public void close() {
        if (session != null) {
            channel.gone();
            session.disconnected();
        }
    }

    @OnError
    public void error(Throwable fault) {
        // A broken connection, or a frame that the container refused: it closes the socket, and close() follows.
        LOG.log(System.Logger.Level.DEBUG, "The connection of session {0} failed: {1}", id(), fault);
    }

    private void dispatch(ClientMessage message) {
        if (message instanceof ClientMessage.Audio audio) {
            session.audio(audio.pcm());
        } else if (message instanceof ClientMessage.Start start) {
            session.start(start.options());
        } else if (message instanceof ClientMessage.Pause) {
            session.pause();
        } else if (message instanceof ClientMessage.Stop) {
            session.stop();
        }
    }

    private void refuseLength(int length) {
        session.refuse(
                ErrorCode.TOO_LARGE,
                "A message of " + length + " bytes was refused: at most " + MESSAGE_BYTES
                        + " are taken, 3200 are best.");
    }

    private Object id() {
        return session == null ? "none" : session.id();
    }
}
