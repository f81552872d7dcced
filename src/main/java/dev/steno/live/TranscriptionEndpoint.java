package dev.steno.live;

import dev.steno.protocol.Admission;
import dev.steno.servers.ServerSockets;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionConnection;
import dev.steno.session.TranscriptionSessions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The WebSocket at {@code /ws}, or {@code /ws?resume=<token>&segments=<finals held>&from=<first byte held>}: one
 * object a connection. Hands everything to the session and never blocks.
 */
@Dependent // without a scope Open Liberty leaves the injected field null (OpenLiberty issue 34986)
@ServerEndpoint("/ws")
public class TranscriptionEndpoint {
    /** What Steno takes as one message. */
    public static final int MESSAGE_BYTES = 256 * 1024;

    /**
     * What the container takes as one message; beyond it closes with 1009. Of a message in fragments Tyrus keeps as
     * much as the session's buffers allow, by default all of it.
     */
    private static final int CONTAINER_BYTES = 1024 * 1024;

    private static final System.Logger LOG = System.getLogger(TranscriptionEndpoint.class.getName());

    @Inject
    private TranscriptionSessions sessions;

    private WebSocketClientChannel channel;
    /** Null where there was nothing to resume, or no room. */
    private SessionConnection session;

    private IncomingAudio audio;

    @OnOpen
    public void open(Session socket) {
        ServerSockets.opened(socket);
        if (!Admission.isGiven(socket)) {
            Admission.refuse(socket);
            return;
        }
        socket.setMaxTextMessageBufferSize(CONTAINER_BYTES);
        socket.setMaxBinaryMessageBufferSize(CONTAINER_BYTES);
        channel = new WebSocketClientChannel(socket);
        Principal caller = socket.getUserPrincipal();
        if (!sessions.enter(channel, caller)) {
            return;
        }
        Map<String, List<String>> query = socket.getRequestParameterMap();
        session = query.containsKey("resume")
                ? sessions.resume(
                                channel,
                                caller,
                                first(query, "resume"),
                                (int) Math.min(Integer.MAX_VALUE, number(query, "segments")),
                                number(query, "from"))
                        .orElse(null)
                : sessions.open(channel, caller);
        if (session != null) {
            audio = new IncomingAudio(session);
            resumedFormat(query);
        }
    }

    /**
     * A client that comes back says in the address what it said in {@code start}: the session may be another server's.
     */
    private void resumedFormat(Map<String, List<String>> query) {
        Map<String, String> fields = new HashMap<>();
        StartFormat.FIELDS.forEach(name -> fields.put(name, query.containsKey(name) ? first(query, name) : null));
        try {
            StartFormat.of(fields).ifPresent(audio::format);
        } catch (RefusedMessageException e) {
            session.refuse(e.code(), e.getMessage());
        }
    }

    @OnMessage(maxMessageSize = CONTAINER_BYTES)
    public void text(String frame) {
        if (session == null) {
            return;
        }
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
        if (session == null) {
            return;
        }
        if (frame.length > MESSAGE_BYTES) {
            refuseLength(frame.length);
        } else {
            audio.chunk(frame);
        }
    }

    @OnMessage
    public void pong(PongMessage answer) {
        if (session != null) {
            session.alive();
        }
    }

    @OnClose
    public void close(Session socket, CloseReason reason) {
        if (channel != null) { // else refused, or open() failed
            ServerSockets.ended(socket, () -> ended(reason));
        }
    }

    private void ended(CloseReason reason) {
        channel.gone();
        sessions.leave(channel);
        if (session == null) {
            return;
        }
        if (channel.doneBy(reason)) {
            audio.end();
            session.closed();
        } else {
            session.lost();
        }
    }

    @OnError
    public void error(Session socket, Throwable fault) {
        if (channel == null) {
            ServerSockets.failed(socket);
        }
        // A broken connection, or a frame that the container refused: it closes the socket, and close() follows.
        LOG.log(System.Logger.Level.DEBUG, "The connection of session {0} failed: {1}", id(), fault);
    }

    private void dispatch(ClientMessage message) {
        if (message instanceof ClientMessage.Audio chunk) {
            audio.chunk(chunk.pcm());
        } else if (message instanceof ClientMessage.Start start) {
            start.format().ifPresent(audio::format);
            session.start(start.options());
        } else if (message instanceof ClientMessage.Pause) {
            session.pause();
        } else if (message instanceof ClientMessage.Share share) {
            session.share(share.room());
        } else if (message instanceof ClientMessage.Unshare) {
            session.unshare();
        } else if (message instanceof ClientMessage.Stop) {
            audio.end();
            session.stop();
        }
    }

    private void refuseLength(int length) {
        session.refuse(
                ErrorCode.TOO_LARGE,
                "A message of " + length + " bytes was refused: at most " + MESSAGE_BYTES
                        + " are taken, 3200 are best.");
    }

    private static String first(Map<String, List<String>> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.get(0);
    }

    /**
     * 0 without one: a client that does not know how many finals it has is sent all, and knows them by their numbers.
     */
    private static long number(Map<String, List<String>> query, String name) {
        try {
            return Math.max(0, Long.parseLong(first(query, name)));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private Object id() {
        return session == null ? "none" : session.sessionId();
    }
}
