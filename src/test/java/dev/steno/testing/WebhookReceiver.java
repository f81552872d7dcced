package dev.steno.testing;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver of webhooks that verifies each with the published library of Standard Webhooks, and may fail. */
public final class WebhookReceiver implements AutoCloseable {
    public static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private final HttpServer server;
    private final AtomicInteger answer = new AtomicInteger(200);
    private final List<JsonObject> events = new CopyOnWriteArrayList<>();
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();

    public WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks";
    }

    public void answer(int status) {
        answer.set(status);
    }

    /** Those that were answered with 200. */
    public List<JsonObject> events() {
        return events;
    }

    public List<String> types() {
        return events.stream().map(event -> event.getString("type")).toList();
    }

    /** Those of one session, in the order in which they came first. */
    public List<String> types(String session) {
        Map<String, String> types = new LinkedHashMap<>();
        for (int i = 0; i < events.size(); i++) {
            JsonObject event = events.get(i);
            if (event.getJsonObject("data").getString("session_id").equals(session)) {
                types.putIfAbsent(ids.get(i), event.getString("type"));
            }
        }
        return List.copyOf(types.values());
    }

    public List<String> ids() {
        return ids;
    }

    public int requests() {
        return requests.get();
    }

    /** Requests that the library did not accept. */
    public List<String> faults() {
        return faults;
    }

    private void receive(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try {
            new Webhook(SECRET).verify(body, HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true));
            if (answer.get() == 200) {
                ids.add(exchange.getRequestHeaders().getFirst("webhook-id"));
                events.add(Json.createReader(new StringReader(body)).readObject());
            }
        } catch (WebhookVerificationException e) {
            faults.add(e.toString());
        }
        if (answer.get() == 302) {
            exchange.getResponseHeaders().set("Location", url());
        }
        exchange.sendResponseHeaders(answer.get(), -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
