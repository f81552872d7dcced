package dev.steno.testing.transcribe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * Steers the stand-in by hand. {@code GET /stats} tells its streams; {@code POST /fault} with
 * {@code {"kind":"reset","afterBytes":64000}} breaks the next one.
 */
final class ControlPort implements AutoCloseable {
    private final TranscribeServer server;
    private final HttpServer http;

    private ControlPort(TranscribeServer server, HttpServer http) {
        this.server = server;
        this.http = http;
    }

    static ControlPort open(TranscribeServer server, int port) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        ControlPort control = new ControlPort(server, http);
        http.createContext("/stats", exchange -> answer(exchange, 200, control.stats()));
        http.createContext("/fault", control::fault);
        http.start();
        return control;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private String stats() {
        JsonArrayBuilder streams = Json.createArrayBuilder();
        for (ReceivedStream stream : server.streams()) {
            streams.add(Json.createObjectBuilder()
                    .add("state", stream.state().name().toLowerCase(Locale.ROOT))
                    .add("bytes", stream.bytes())
                    .add("events", stream.eventBytes().size())
                    .add("finals", Json.createArrayBuilder(stream.finals()))
                    .add("error", stream.error()));
        }
        return Json.createObjectBuilder()
                .add("active", server.openStreams())
                .add("openConnections", server.openConnections())
                .add("streams", streams)
                .build()
                .toString();
    }

    private void fault(HttpExchange exchange) throws IOException {
        try (JsonReader reader = Json.createReader(exchange.getRequestBody())) {
            server.play(fault(reader.readObject()));
            answer(exchange, 200, "{\"ok\":true}");
        } catch (RuntimeException e) {
            // The end of a request: whoever typed it learns what was wrong.
            answer(
                    exchange,
                    400,
                    Json.createObjectBuilder()
                            .add("error", e.toString())
                            .build()
                            .toString());
        }
    }

    private static Fault fault(JsonObject json) {
        Fault.Kind kind = Fault.Kind.valueOf(
                json.getString("kind").toUpperCase(Locale.ROOT).replace('-', '_'));
        return new Fault(
                kind,
                json.getInt("afterBytes", 0),
                json.getInt("status", 503),
                json.getString("type", "InternalFailureException"),
                json.getString("message", "injected fault"),
                Duration.ofMillis(json.getInt("ms", 3000)));
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
