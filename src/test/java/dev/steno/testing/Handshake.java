package dev.steno.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.net.SocketFactory;

/** The opening of a WebSocket, byte by byte, with any header a test wants: no client library would send them all. */
public final class Handshake {
    private final URI base;
    private final StringBuilder head = new StringBuilder();
    private SocketFactory sockets = SocketFactory.getDefault();
    private InetAddress from;

    private Handshake(URI base, String path, String host) {
        this.base = base;
        head.append("GET ")
                .append(base.resolve(path).getPath())
                .append(" HTTP/1.1\r\nHost: ")
                .append(host);
        head.append("\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
        header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    }

    /** @param base the application's root */
    public static Handshake with(URI base) {
        return with(base, base.getAuthority());
    }

    public static Handshake with(URI base, String host) {
        return new Handshake(base, "ws", host);
    }

    /** @param path of another WebSocket, without a slash before it */
    public static Handshake at(URI base, String path) {
        return new Handshake(base, path, base.getAuthority());
    }

    public Handshake header(String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    public Handshake headers(Map<String, String> more) {
        more.forEach(this::header);
        return this;
    }

    /** By TLS, for example. */
    public Handshake over(SocketFactory other) {
        sockets = other;
        return this;
    }

    /** @param address of this machine, from which the server shall see the call come */
    public Handshake from(InetAddress address) {
        from = address;
        return this;
    }

    /** @return the status of the answer: 101 where the WebSocket opens; the connection is dropped then */
    public int status() {
        try (Socket socket = sockets.createSocket(base.getHost(), base.getPort(), from, 0)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            String line = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
            return Integer.parseInt(line.split(" ", -1)[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
