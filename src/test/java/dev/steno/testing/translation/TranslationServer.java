package dev.steno.testing.translation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * Stands in for LibreTranslate ({@code POST /translate}) and for Amazon Translate (Smithy RPC v2 with CBOR, as the SDK
 * speaks it). "Translates" by writing the target language before the text; strict about what it is asked.
 */
public final class TranslationServer implements AutoCloseable {
    private static final String AMAZON_PATH = "/service/AWSShineFrontendService_20170701/operation/TranslateText";

    private final HttpServer server;
    private final List<JsonObject> requests = new CopyOnWriteArrayList<>();
    private volatile int failing;

    private TranslationServer(HttpServer server) {
        this.server = server;
        server.createContext("/translate", this::libreTranslate);
        server.createContext(AMAZON_PATH, this::amazon);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "translation-server");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    public static TranslationServer start() {
        try {
            return new TranslationServer(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** @param status that every request is answered with; 0 to translate again */
    public void fail(int status) {
        failing = status;
    }

    public List<JsonObject> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void libreTranslate(HttpExchange exchange) throws IOException {
        try (exchange;
                JsonReader reader = Json.createReader(exchange.getRequestBody())) {
            JsonObject request = reader.readObject();
            requests.add(request);
            JsonObject answer = failing == 0
                    ? libreTranslate(request)
                    : Json.createObjectBuilder()
                            .add("error", "as the test wants")
                            .build();
            int status = failing != 0 ? failing : answer.containsKey("error") ? 400 : 200;
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            send(exchange, status, answer.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private JsonObject libreTranslate(JsonObject request) {
        if (!request.getString("format").equals("text")
                || request.getString("source").contains("-")
                || !request.getString("target").matches("[a-z]{2}")) {
            return Json.createObjectBuilder().add("error", "unknown language").build();
        }
        String target = request.getString("target");
        JsonValue asked = request.get("q");
        if (asked instanceof JsonArray texts) {
            JsonArrayBuilder translated = Json.createArrayBuilder();
            texts.getValuesAs(JsonString::getString).forEach(text -> translated.add(target + ": " + text));
            return Json.createObjectBuilder().add("translatedText", translated).build();
        }
        return Json.createObjectBuilder()
                .add("translatedText", target + ": " + ((JsonString) asked).getString())
                .build();
    }

    private void amazon(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> request = Cbor.read(exchange.getRequestBody().readAllBytes());
            JsonObjectBuilder shown = Json.createObjectBuilder();
            request.forEach(shown::add);
            requests.add(shown.build());
            boolean signed = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                    .contains("/translate/aws4_request");
            String target = request.get("TargetLanguageCode");
            exchange.getResponseHeaders().add("Content-Type", "application/cbor");
            exchange.getResponseHeaders().add("smithy-protocol", "rpc-v2-cbor");
            Map<String, String> answer = Map.of(
                    "TranslatedText",
                    target + ": " + request.get("Text"),
                    "SourceLanguageCode",
                    request.get("SourceLanguageCode"),
                    "TargetLanguageCode",
                    target);
            send(exchange, failing != 0 ? failing : signed ? 200 : 403, Cbor.write(answer));
        }
    }
}
