package dev.steno.testing.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;

/**
 * Steers the S3 server by hand. {@code GET /objects} lists keys, {@code GET /objects/<key>} shows one; {@code POST
 * /fault/slow-down} breaks the next put, {@code POST /always/hang} all from now on, {@code POST /always/none} none.
 */
final class ControlPort implements AutoCloseable {
    private final HttpServer http;

    private ControlPort(HttpServer http) {
        this.http = http;
    }

    static ControlPort open(S3Server s3, int port) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        http.createContext("/objects", exchange -> answer(exchange, String.join("\n", s3.keys())));
        http.createContext(
                "/objects/",
                exchange -> answer(exchange, s3.text(argument(exchange)).orElse("none")));
        http.createContext("/fault/", exchange -> {
            s3.play(fault(exchange));
            answer(exchange, "ok");
        });
        http.createContext("/always/", exchange -> {
            s3.always(fault(exchange));
            answer(exchange, "ok");
        });
        http.start();
        return new ControlPort(http);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private static Fault fault(HttpExchange exchange) {
        return Fault.valueOf(argument(exchange).toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** What follows the name of the command. */
    private static String argument(HttpExchange exchange) {
        return exchange.getRequestURI()
                .getPath()
                .substring(exchange.getHttpContext().getPath().length());
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = (text + "\n").getBytes(UTF_8);
        exchange.getResponseHeaders().set("content-type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
