package dev.steno.protocol;

import dev.steno.caller.Caller;
import dev.steno.servers.ServerSockets;
import dev.steno.session.TranscriptionSessions;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;

/** The WebSocket of each door: one object a connection. Hands everything to the connection and never blocks. */
public class DoorEndpoint extends Endpoint {
    /** Where the configuration of an endpoint holds its door, the sessions and the observer. */
    static final String DOOR = Door.class.getName();

    static final String OBSERVER = DoorObserver.class.getName();

    static final String SESSIONS = TranscriptionSessions.class.getName();

    /** What the container takes as one message; beyond it closes with 1009. */
    private static final int CONTAINER_BYTES = 1024 * 1024;

    private static final System.Logger LOG = System.getLogger(DoorEndpoint.class.getName());

    private DoorConnection connection;

    @Override
    public void onOpen(Session socket, EndpointConfig config) {
        ServerSockets.opened(socket);
        if (!Admission.isGiven(socket)) {
            Admission.refuse(socket);
            return;
        }
        socket.setMaxTextMessageBufferSize(CONTAINER_BYTES);
        socket.setMaxBinaryMessageBufferSize(CONTAINER_BYTES);
        Door door = (Door) config.getUserProperties().get(DOOR);
        TranscriptionSessions sessions =
                (TranscriptionSessions) config.getUserProperties().get(SESSIONS);
        DoorObserver observer = (DoorObserver) config.getUserProperties().get(OBSERVER);
        DoorClient client = new DoorClient(
                new SocketWriter(socket), socket.getRequestParameterMap(), Caller.of(socket.getUserPrincipal()));
        connection = new DoorConnection(door, client, sessions, observer);
        DoorConnection opened = connection;
        socket.addMessageHandler(String.class, (MessageHandler.Whole<String>) opened::text);
        socket.addMessageHandler(byte[].class, (MessageHandler.Whole<byte[]>) opened::binary);
        socket.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> opened.alive());
        opened.open();
    }

    @Override
    public void onClose(Session socket, CloseReason reason) {
        if (connection != null) {
            ServerSockets.ended(socket, connection::gone);
        }
    }

    @Override
    public void onError(Session socket, Throwable fault) {
        if (connection == null) {
            ServerSockets.failed(socket);
        }
        LOG.log(System.Logger.Level.DEBUG, "A connection failed: {0}", fault);
    }
}
