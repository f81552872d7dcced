package dev.steno.testing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** A reader of Server-Sent Events over a plain socket, so that a test decides when it reads. */
public final class SseClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Little, so that a reader which does not read is soon noticed. */
    private static final int RECEIVE_BYTES = 4_096;

    /** @param id null if the event carries none */
    public record Event(String name, String id, JsonObject data) {}

    private final Socket socket = new Socket();
    private final int status;
    private final Map<String, String> headers = new HashMap<>();
    private final InputStream body;
    private final List<Event> events = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private boolean over;

    private SseClient(URI uri, Map<String, String> requestHeaders) {
        try {
            socket.setReceiveBufferSize(RECEIVE_BYTES);
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), 10_000);
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            StringBuilder head = new StringBuilder("GET " + uri.getRawPath() + query + " HTTP/1.1\r\nHost: "
                    + uri.getAuthority() + "\r\nAccept: text/event-stream\r\n");
            requestHeaders.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            OutputStream out = socket.getOutputStream();
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            body = socket.getInputStream();
            status = Integer.parseInt(headLine().split(" ", -1)[1]);
            for (String line = headLine(); !line.isEmpty(); line = headLine()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads from now on. */
    public static SseClient open(URI uri, Map<String, String> headers) {
        return silent(uri, headers).read();
    }

    public static SseClient open(URI uri) {
        return open(uri, Map.of());
    }

    /** Does not read until it is told to. */
    public static SseClient silent(URI uri, Map<String, String> headers) {
        return new SseClient(uri, headers);
    }

    public SseClient read() {
        Thread reader = new Thread(this::readAll, "sse-client");
        reader.setDaemon(true);
        reader.start();
        return this;
    }

    public int status() {
        return status;
    }

    /** @return null if there is no such header */
    public String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    public List<Event> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    public List<Event> events(String name) {
        return events().stream().filter(event -> event.name().equals(name)).toList();
    }

    public int comments() {
        synchronized (events) {
            return comments.size();
        }
    }

    public Event await(String name) {
        return await(name, event -> true);
    }

    /** Waits for the first event of a name that fits. */
    public Event await(String name, Predicate<Event> fits) {
        Wait.until(PATIENCE, () -> name + " among " + events(), () -> events(name).stream()
                .anyMatch(fits));
        return events(name).stream().filter(fits).findFirst().orElseThrow();
    }

    /** Waits until the server ended the stream. */
    public void awaitEnd() {
        Wait.until(PATIENCE, () -> "the end after " + events(), () -> {
            synchronized (events) {
                return over;
            }
        });
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Byte by byte: what follows the head is for later. */
    private String headLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = body.read(); next != '\n'; next = body.read()) {
            if (next < 0) {
                throw new IOException("The server closed the connection after " + line);
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private void readAll() {
        InputStream content = "chunked".equals(header("transfer-encoding")) ? new ChunkedInput(body) : body;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8))) {
            Map<String, String> fields = new HashMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line, fields);
            }
        } catch (IOException e) {
            // closed by one side or the other
        }
        synchronized (events) {
            over = true;
        }
    }

    private void take(String line, Map<String, String> fields) {
        if (line.startsWith(":")) {
            synchronized (events) {
                comments.add(line);
            }
        } else if (!line.isEmpty()) {
            int colon = line.indexOf(": ");
            fields.put(line.substring(0, colon), line.substring(colon + 2));
        } else if (fields.containsKey("data")) {
            JsonObject data =
                    Json.createReader(new StringReader(fields.get("data"))).readObject();
            synchronized (events) {
                events.add(new Event(fields.get("event"), fields.get("id"), data));
            }
            fields.clear();
        } else {
            fields.clear();
        }
    }

    /** RFC 9112, section 7.1, without trailers. */
    private static final class ChunkedInput extends InputStream {
        private final InputStream in;
        private int left;

        ChunkedInput(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                left = nextChunk();
                if (left == 0) {
                    left = -1;
                }
            }
            if (left < 0) {
                return -1;
            }
            int count = in.read(bytes, offset, Math.min(length, left));
            if (count > 0) {
                left -= count;
                if (left == 0) {
                    in.readNBytes(2);
                }
            }
            return count;
        }

        private int nextChunk() throws IOException {
            StringBuilder size = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    return 0;
                }
                size.append((char) next);
            }
            return Integer.parseInt(size.toString().strip().split(";", -1)[0], 16);
        }
    }
}
