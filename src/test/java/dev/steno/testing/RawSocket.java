package dev.steno.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket without a library: reads the status of the handshake and then nothing, so that the TCP window closes. */
public final class RawSocket implements AutoCloseable {
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;

    /** The least that Linux gives: what the server sends soon has nowhere to go. */
    private static final int RECEIVE_BYTES = 2_304;

    private final Socket socket = new Socket();
    private final int status;

    private RawSocket(URI base, String token) {
        try {
            socket.setReceiveBufferSize(RECEIVE_BYTES);
            socket.setSoTimeout(60_000);
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), 60_000);
            String head = "GET " + base.resolve("ws").getPath() + " HTTP/1.1\r\nHost: " + base.getAuthority()
                    + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer " + token + "\r\n\r\n";
            send(head.getBytes(StandardCharsets.ISO_8859_1));
            byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 101".length());
            status = Integer.parseInt(new String(line, StandardCharsets.ISO_8859_1).split(" ", -1)[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param token a bearer token of the configuration */
    public static RawSocket open(URI base, String token) {
        return new RawSocket(base, token);
    }

    /** Of the answer to the handshake: 101 where the WebSocket opened. */
    public int status() {
        return status;
    }

    public void text(String message) {
        frame(TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    public void binary(byte[] message) {
        frame(BINARY, message);
    }

    /** RFC 6455, section 5.2; masked with zeros, which changes nothing. */
    private void frame(int opcode, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x80 | opcode);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        try {
            send(frame.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
