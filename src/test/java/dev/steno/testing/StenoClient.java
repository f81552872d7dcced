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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.glassfish.tyrus.client.ClientManager;

/** A program that speaks Steno's protocol over a real WebSocket, and keeps what it is sent. */
public final class StenoClient implements AutoCloseable {
    /** Far more than anything takes on a loaded machine, and short enough to end a broken test. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** One for all: it owns the threads of its connections, which are daemons. */
    private static final ClientManager CLIENTS = new ClientManager() {
        /**
         * Comes with the end of the last connection, and would take the threads from one that begins in the same
         * moment.
         */
        @Override
        public void shutdown() {}
    };

    private final List<JsonObject> messages = new ArrayList<>();
    private final Session session;
    private CloseReason closeReason;

    private StenoClient(URI uri, Map<String, String> headers) throws DeploymentException, IOException {
        session = CLIENTS.connectToServer(
                new Endpoint() {
                    @Override
                    public void onOpen(Session opened, EndpointConfig config) {
                        opened.addMessageHandler(
                                String.class, (MessageHandler.Whole<String>) StenoClient.this::received);
                    }

                    @Override
                    public void onClose(Session closed, CloseReason reason) {
                        ended(reason);
                    }
                },
                ClientEndpointConfig.Builder.create()
                        .configurator(new Headers(headers))
                        .build(),
                uri);
    }

    /** @param base the application's root, for example {@code http://127.0.0.1:8080/} */
    public static StenoClient connect(URI base) {
        return connect(base, "");
    }

    /** @param token a bearer token of the configuration */
    public static StenoClient connectAs(URI base, String token) {
        return connect(base, "", token);
    }

    /** Comes back to a recording after this client's connection was lost. */
    public StenoClient resume(URI base) {
        return resume(base, "");
    }

    /** Comes back as somebody. */
    public StenoClient resume(URI base, String bearerToken) {
        return connect(base, resumption(), bearerToken);
    }

    /** Comes back as whom the headers say. */
    public StenoClient resume(URI base, Map<String, String> headers) {
        return connect(base, resumption(), headers);
    }

    private String resumption() {
        String token = await("session").getString("resume_token");
        return "?resume=" + token + "&segments=" + finals().size();
    }

    /** @param query as in {@code ?resume=…&segments=…}, or empty */
    public static StenoClient connect(URI base, String query) {
        return connect(base, query, "");
    }

    private static StenoClient connect(URI base, String query, String token) {
        return connect(base, query, token.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + token));
    }

    /**
     * @param query as in {@code ?resume=…&segments=…}, or empty
     * @param headers of the handshake
     */
    public static StenoClient connect(URI base, String query, Map<String, String> headers) {
        try {
            return new StenoClient(URI.create(address(base) + query), headers);
        } catch (DeploymentException | IOException e) {
            throw new IllegalStateException("Steno does not answer at " + base, e);
        }
    }

    /** Of the WebSocket of the application at {@code base}. */
    public static URI address(URI base) {
        return URI.create("ws" + base.resolve("ws").toString().substring("http".length()));
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

    public void audioAsBase64(byte[] pcm) {
        text("{\"type\":\"audio\",\"payload\":\"" + Base64.getEncoder().encodeToString(pcm) + "\"}");
    }

    public void control(String action) {
        text("{\"type\":\"control\",\"action\":\"" + action + "\"}");
    }

    /** Waits for the first message of a type. */
    public JsonObject await(String type) {
        return await(type, message -> true);
    }

    /** Waits for the first message of a type that fits. */
    public JsonObject await(String type, Predicate<JsonObject> fits) {
        Predicate<JsonObject> wanted = message -> message.getString("type").equals(type) && fits.test(message);
        synchronized (messages) {
            long giveUp = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                for (JsonObject message : messages) {
                    if (wanted.test(message)) {
                        return message;
                    }
                }
                long left = giveUp - System.nanoTime();
                if (closeReason != null || left <= 0) {
                    throw new AssertionError("No such " + type + " came; closed: " + closeReason + "; " + messages);
                }
                pause(left);
            }
        }
    }

    public JsonObject awaitError(String code) {
        return await("error", message -> message.getString("code").equals(code));
    }

    /** Waits until the server closed the connection. */
    public int awaitClose() {
        synchronized (messages) {
            long giveUp = System.nanoTime() + PATIENCE.toNanos();
            while (closeReason == null) {
                long left = giveUp - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("The connection was not closed; " + messages);
                }
                pause(left);
            }
            return closeReason.getCloseCode().getCode();
        }
    }

    public boolean isOpen() {
        synchronized (messages) {
            return closeReason == null;
        }
    }

    public List<JsonObject> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }

    public List<JsonObject> finals() {
        return messages().stream()
                .filter(message -> message.getString("type").equals("transcript") && message.getBoolean("is_final"))
                .toList();
    }

    /** The text of all finals. */
    public String text() {
        return finals().stream().map(message -> message.getString("text")).collect(Collectors.joining(" "));
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Headers extends ClientEndpointConfig.Configurator {
        private final Map<String, String> added;

        Headers(Map<String, String> added) {
            this.added = added;
        }

        @Override
        public void beforeRequest(Map<String, List<String>> headers) {
            added.forEach((name, value) -> headers.put(name, List.of(value)));
        }
    }

    private void received(String frame) {
        JsonObject message = Json.createReader(new StringReader(frame)).readObject();
        synchronized (messages) {
            messages.add(message);
            messages.notifyAll();
        }
    }

    private void ended(CloseReason reason) {
        synchronized (messages) {
            closeReason = reason;
            messages.notifyAll();
        }
    }

    private void pause(long nanos) {
        try {
            messages.wait(Math.max(1, nanos / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
