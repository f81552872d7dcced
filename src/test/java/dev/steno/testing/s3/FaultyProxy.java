package dev.steno.testing.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Stands before an S3 server on the loopback address and plays faults to puts. Every request gets a connection of its
 * own; what comes through comes through byte for byte, so that signatures hold.
 */
final class FaultyProxy implements AutoCloseable {
    private static final Pattern CONDITION = Pattern.compile("\r\nif-(none-)?match:", Pattern.CASE_INSENSITIVE);

    private static final int LONGEST_HEAD = 64 * 1024;

    private final int backend;
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Object conditional = new Object();
    private final AtomicInteger puts = new AtomicInteger();
    private volatile Fault always = Fault.NONE;
    private volatile ServerSocket listening;

    /** @param backend the port of the S3 server */
    FaultyProxy(int port, int backend) {
        this.backend = backend;
        this.port = port;
        listening = listen();
    }

    int port() {
        return port;
    }

    /** Each put takes the next of these; puts after the last one meet what happens always. */
    void play(Fault... coming) {
        faults.addAll(List.of(coming));
    }

    void always(Fault fault) {
        always = fault;
    }

    /** No faults any more. */
    void heal() {
        faults.clear();
        always = Fault.NONE;
    }

    /** Puts that arrived, whatever became of them. */
    int puts() {
        return puts.get();
    }

    /** Connections are refused from now on. */
    void down() {
        close(listening);
        connections.forEach(FaultyProxy::close);
    }

    void up() {
        listening = listen();
    }

    @Override
    public void close() {
        down();
        threads.shutdownNow();
    }

    private ServerSocket listen() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
            threads.execute(() -> acceptAll(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptAll(ServerSocket socket) {
        try {
            while (true) {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            // Closed: down for a while, or for good.
        }
    }

    private void serve(Socket client) {
        connections.add(client);
        try (client) {
            handle(client, Request.read(new BufferedInputStream(client.getInputStream())));
        } catch (IOException e) {
            // The client is gone, or the proxy is down.
        } finally {
            connections.remove(client);
        }
    }

    private void handle(Socket client, Request request) throws IOException {
        Fault fault = next(request);
        switch (fault) {
            case NONE -> client.getOutputStream().write(forward(request));
            case HANG -> client.getInputStream().transferTo(OutputStream.nullOutputStream());
            case RESET -> client.setSoLinger(true, 0);
            case LOST_RESPONSE -> {
                forward(request);
                client.setSoLinger(true, 0);
            }
            default -> refuse(client, fault);
        }
    }

    private Fault next(Request request) {
        if (!request.head().startsWith("PUT ")) {
            return Fault.NONE;
        }
        puts.incrementAndGet();
        Fault fault = faults.poll();
        Fault chosen = fault == null ? always : fault;
        boolean passes = chosen == Fault.NO_CONDITIONS
                && !CONDITION.matcher(request.head()).find();
        return passes ? Fault.NONE : chosen;
    }

    /** S3 looks and puts in one step; the server behind looks first, so two conditional puts must not meet there. */
    private byte[] forward(Request request) throws IOException {
        if (!CONDITION.matcher(request.head()).find()) {
            return pass(request);
        }
        synchronized (conditional) {
            return pass(request);
        }
    }

    private byte[] pass(Request request) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), backend)) {
            server.getOutputStream().write((request.head() + request.body()).getBytes(ISO_8859_1));
            return server.getInputStream().readAllBytes();
        }
    }

    private static void refuse(Socket client, Fault fault) throws IOException {
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + fault.code
                + "</Code><Message>Injected for arn:aws:iam::123456789012:user/somebody</Message></Error>";
        String answer = "HTTP/1.1 " + fault.status + " Injected\r\nContent-Type: application/xml\r\nContent-Length: "
                + body.length() + "\r\nConnection: close\r\n\r\n" + body;
        client.getOutputStream().write(answer.getBytes(ISO_8859_1));
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A character stands for a byte.
     *
     * @param head up to and with the empty line; says that the connection is closed after the answer
     */
    private record Request(String head, String body) {
        static Request read(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
                int next = in.read();
                if (next < 0 || head.length() > LONGEST_HEAD) {
                    throw new IOException("Not a request");
                }
                head.append((char) next);
            }
            String once = head.toString()
                    .replaceAll("(?i)\r\nconnection:[^\r]*", "")
                    .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
            return new Request(once, new String(in.readNBytes(length(once)), ISO_8859_1));
        }

        private static int length(String head) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                    .map(line -> Integer.parseInt(
                            line.substring("content-length:".length()).strip()))
                    .findFirst()
                    .orElse(0);
        }
    }
}
