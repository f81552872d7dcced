package dev.steno.webapp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.steno.access.SecurityHeadersFilter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The pages below a link as they lie in the source, with events that a test writes. */
final class ScriptedAudience implements AutoCloseable {
    private static final Path WEBAPP = Path.of("src/main/webapp");
    private static final String TOKEN = "AAAAAAAAAAAAAAAAAAAAAA";
    private static final String LIVE = "/steno/live/" + TOKEN;
    private static final Map<String, String> MEDIA_TYPES =
            Map.of("html", "text/html", "js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> events = new ArrayList<>();
    private final List<String> queries = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    /** Where the streams before each cut end, which is where those after it begin. */
    private final List<Integer> cuts = new ArrayList<>(List.of(0));

    private int status = 200;

    ScriptedAudience() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/steno/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + LIVE;
    }

    /** Sends one more event to whoever reads, and to those who come later. */
    synchronized void send(String name, String data) {
        events.add("event: " + name + "\ndata: " + data.replace('\'', '"') + "\n\n");
        notifyAll();
    }

    synchronized void send(String id, String name, String data) {
        events.add("id: " + id + "\nevent: " + name + "\ndata: " + data.replace('\'', '"') + "\n\n");
        notifyAll();
    }

    /** Ends the open streams after what was sent so far; the next ones begin with what is sent from now on. */
    synchronized void cut() {
        cuts.add(events.size());
        notifyAll();
    }

    /** @param answer to those who come from now on */
    synchronized void refuse(int answer) {
        status = answer;
    }

    synchronized List<String> queries() {
        return List.copyOf(queries);
    }

    synchronized List<String> lastEventIds() {
        return List.copyOf(ids);
    }

    @Override
    public void close() {
        cut();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        SecurityHeadersFilter.HEADERS.forEach(exchange.getResponseHeaders()::set);
        if (path.equals(LIVE + "/events")) {
            stream(exchange, query);
        } else if (path.equals(LIVE)) {
            page(exchange, query.startsWith("overlay") ? "overlay.html" : "viewer.html", "'self'");
        } else if (path.equals(LIVE + "/overlay")) {
            page(exchange, "overlay-builder.html", "'none'");
        } else {
            answer(exchange, WEBAPP.resolve(path.substring("/steno/".length())));
        }
    }

    private static void page(HttpExchange exchange, String name, String framing) throws IOException {
        exchange.getResponseHeaders()
                .set(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                                + " manifest-src 'self'; frame-src 'self'; frame-ancestors " + framing);
        String html =
                Files.readString(WEBAPP.resolve("WEB-INF/live").resolve(name)).replace("{token}", TOKEN);
        answer(exchange, "text/html", html.getBytes(StandardCharsets.UTF_8));
    }

    private void stream(HttpExchange exchange, String query) throws IOException {
        int mine;
        synchronized (this) {
            mine = cuts.size() - 1;
            queries.add(query);
            ids.add(String.valueOf(exchange.getRequestHeaders().getFirst("Last-Event-ID")));
        }
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(status, status == 200 ? 0 : -1);
            int sent = first(mine);
            for (String next = next(mine, sent); next != null && status == 200; next = next(mine, sent)) {
                exchange.getResponseBody().write(next.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                sent++;
            }
        }
    }

    /** Waits for it; null once the connection is cut. */
    private synchronized String next(int mine, int number) {
        try {
            while (mine == cuts.size() - 1 && events.size() <= number && status == 200) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
        boolean over = mine < cuts.size() - 1 && number >= cuts.get(mine + 1);
        return over || status != 200 ? null : events.get(number);
    }

    private synchronized int first(int mine) {
        return cuts.get(mine);
    }

    private static void answer(HttpExchange exchange, Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            answer(exchange, MEDIA_TYPES.get(file.toString().replaceAll(".*\\.", "")), Files.readAllBytes(file));
        } else {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        }
    }

    private static void answer(HttpExchange exchange, String type, byte[] content) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }
}
