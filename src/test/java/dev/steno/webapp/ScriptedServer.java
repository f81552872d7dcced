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
import java.util.Map;

/** The page's files as they lie in the source, with the headers of the product, below a context root. */
final class ScriptedServer implements AutoCloseable {
    static final String SPHINX = "{\"engine\":\"sphinx\",\"language_code\":\"en-US\",\"languages\":[\"en-US\"]}";
    static final String AMAZON = "{\"engine\":\"amazon-transcribe\",\"language_code\":\"en-US\","
            + "\"languages\":[\"de-DE\",\"en-GB\",\"en-US\",\"fr-FR\"]}";

    static final String SIGNED_OUT = "{\"engine\":\"sphinx\",\"auth_mode\":\"token\",\"signed_in\":false}";

    private static final Path WEBAPP = Path.of("src/main/webapp");
    private static final Path EXAMPLES = Path.of("docs/examples");
    private static final String ROOT = "/steno/";
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html",
            "text/html",
            "js",
            "text/javascript",
            "css",
            "text/css",
            "svg",
            "image/svg+xml",
            "webmanifest",
            "application/manifest+json",
            "png",
            "image/png");

    private final HttpServer server;
    private volatile String info = SPHINX;

    ScriptedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(ROOT, this::serve);
        server.createContext("/examples/", ScriptedServer::serveExample);
        server.createContext("/favicon.ico", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    /** Without the scheme. */
    String address() {
        return "localhost:" + server.getAddress().getPort() + ROOT;
    }

    void info(String json) {
        info = json;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring(ROOT.length());
        SecurityHeadersFilter.HEADERS.forEach(exchange.getResponseHeaders()::set);
        if (name.equals("sign-in")) {
            boolean right = "Bearer right".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(right ? 204 : 401, -1);
            exchange.close();
        } else if (name.equals("info")) {
            answer(exchange, "application/json", info.getBytes(StandardCharsets.UTF_8));
        } else {
            boolean isPage = name.isEmpty() || name.equals("simple_client.html");
            answer(exchange, WEBAPP.resolve(isPage ? "index.html" : name));
        }
    }

    /** Examples stand beside a copy of the modules, without any headers. */
    private static void serveExample(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring("/examples/".length());
        answer(exchange, (name.startsWith("js/") ? WEBAPP : EXAMPLES).resolve(name));
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
