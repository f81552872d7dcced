package dev.steno.testing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.glassfish.tyrus.client.ClientManager;

/**
 * A program that speaks any of the other protocols over a real WebSocket: sends messages and takes the answers one by
 * one.
 */
public final class DoorClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** One for all, as in {@link StenoClient}. */
    private static final ClientManager CLIENTS = new ClientManager() {
        @Override
        public void shutdown() {}
    };

    private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private final Session session;

    private DoorClient(URI uri, List<String> subprotocols, Map<String, String> headers)
            throws DeploymentException, IOException {
        session = CLIENTS.connectToServer(
                new Endpoint() {
                    @Override
                    public void onOpen(Session opened, EndpointConfig config) {
                        opened.addMessageHandler(
                                String.class, (MessageHandler.Whole<String>) DoorClient.this::received);
                    }

                    @Override
                    public void onClose(Session gone, CloseReason reason) {
                        closed.complete(reason);
                    }
                },
                ClientEndpointConfig.Builder.create()
                        .preferredSubprotocols(subprotocols)
                        .configurator(new ClientEndpointConfig.Configurator() {
                            @Override
                            public void beforeRequest(Map<String, List<String>> sent) {
                                headers.forEach((name, value) -> sent.put(name, List.of(value)));
                            }
                        })
                        .build(),
                uri);
    }

    /** @param path below the application's root, without a slash before it: {@code vosk?language_code=en-US} */
    public static DoorClient connect(URI base, String path) {
        return connect(base, path, List.of(), Map.of());
    }

    public static DoorClient connect(URI base, String path, List<String> subprotocols, Map<String, String> headers) {
        try {
            URI uri = URI.create("ws" + base.resolve(path).toString().substring("http".length()));
            return new DoorClient(uri, subprotocols, headers);
        } catch (DeploymentException | IOException e) {
            throw new IllegalStateException("No WebSocket at " + path, e);
        }
    }

    private void received(String frame) {
        messages.add(Json.createReader(new StringReader(frame)).readObject());
    }

    public String subprotocol() {
        return session.getNegotiatedSubprotocol();
    }

    public void text(String frame) {
        try {
            session.getBasicRemote().sendText(frame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void binary(byte[] frame) {
        try {
            session.getBasicRemote().sendBinary(ByteBuffer.wrap(frame));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As base64 into the place of {@code %s}. */
    public void audio(String pattern, byte[] audio) {
        text(String.format(pattern, Base64.getEncoder().encodeToString(audio)));
    }

    /** The next message. */
    public JsonObject next() {
        try {
            JsonObject message = messages.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (message == null) {
                throw new AssertionError("No message came; closed: " + closed.getNow(null));
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Messages up to the first that fits, which is the last of them. */
    public List<JsonObject> until(Predicate<JsonObject> fits) {
        List<JsonObject> taken = new ArrayList<>();
        do {
            taken.add(next());
        } while (!fits.test(taken.get(taken.size() - 1)));
        return taken;
    }

    /** What came and was not taken. */
    public List<JsonObject> rest() {
        List<JsonObject> rest = new ArrayList<>();
        messages.drainTo(rest);
        return rest;
    }

    public CloseReason awaitClose() {
        return closed.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /** Closes with 1000. */
    @Override
    public void close() {
        try {
            session.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
