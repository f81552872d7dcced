package dev.steno.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A WebSocket without a library, which sends what no library would: reads the status of the handshake and then, unless
 * asked for the end, nothing, so that the TCP window closes.
 */
public final class RawSocket implements AutoCloseable {
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PONG = 0xA;
    private static final int FIN = 0x80;

    /** First bytes of whole messages, for {@link #frameBytes}. */
    public static final int FINAL_TEXT = FIN | TEXT;

    public static final int FINAL_BINARY = FIN | BINARY;

    public static final int FINAL_CLOSE = FIN | CLOSE;

    /** The least that Linux gives: what the server sends soon has nowhere to go. */
    static final int RECEIVE_BYTES = 2_304;

    private final Socket socket = new Socket();
    private final int status;

    private RawSocket(URI base, byte[] request) {
        try {
            socket.setReceiveBufferSize(RECEIVE_BYTES);
            socket.setSoTimeout(60_000);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), 60_000);
            send(request);
            byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 101".length());
            status = Integer.parseInt(new String(line, StandardCharsets.ISO_8859_1).split(" ", -1)[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param token a bearer token of the configuration */
    public static RawSocket open(URI base, String token) {
        return new RawSocket(base, handshake(base, token, "GET", ""));
    }

    /** @param path as it stands in the request, from the server's root on; nobody's handshake */
    public static RawSocket openAt(URI base, String path) {
        return openAt(base, "", path);
    }

    /** @param path as it stands in the request, from the server's root on */
    public static RawSocket openAt(URI base, String token, String path) {
        String head = new String(handshake(base, token, "GET", ""), StandardCharsets.ISO_8859_1);
        int end = head.indexOf(" HTTP/1.1");
        return new RawSocket(base, ("GET " + path + head.substring(end)).getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Sends something behind the handshake, before it is answered.
     *
     * @param headers each with its line end
     */
    public static RawSocket openAndSend(URI base, String token, String method, String headers, byte[] early) {
        byte[] head = handshake(base, token, method, headers);
        byte[] request = Arrays.copyOf(head, head.length + early.length);
        System.arraycopy(early, 0, request, head.length, early.length);
        return new RawSocket(base, request);
    }

    /** Sends what the server takes of it at once, reads nothing, and resets the connection. */
    public static void sendAndReset(URI base, byte[] requests) {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.connect(new InetSocketAddress(base.getHost(), base.getPort()));
            channel.configureBlocking(false);
            channel.write(ByteBuffer.wrap(requests));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] handshake(URI base, String token, String method, String headers) {
        String head = method + " " + base.resolve("ws").getPath() + " HTTP/1.1\r\nHost: " + base.getAuthority()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer " + token + "\r\n" + headers
                + "\r\n";
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Of the answer to the handshake: 101 where the WebSocket opened. */
    public int status() {
        return status;
    }

    public void text(String message) {
        frame(FIN | TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    public void binary(byte[] message) {
        frame(FIN | BINARY, message);
    }

    /**
     * RFC 6455, section 5.2; masked with zeros, which changes nothing.
     *
     * @param first the first byte: FIN, reserved bits and opcode
     */
    public void frame(int first, byte[] payload) {
        bytes(frameBytes(first, payload));
    }

    /** @param first as for {@link #frame} */
    public static byte[] frameBytes(int first, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** The head of a binary frame, whose payload may follow. */
    public void begin(long payloadBytes) {
        bytes(ByteBuffer.allocate(14)
                .put((byte) (FIN | BINARY))
                .put((byte) 0xFF)
                .putLong(payloadBytes)
                .putInt(0)
                .array());
    }

    /** Does something again and again until the server hangs up; fails after 64 MiB, or so many calls. */
    public void untilClosed(Consumer<RawSocket> again) {
        try {
            for (int i = 0; i < 1_100; i++) {
                again.accept(this);
            }
        } catch (UncheckedIOException closed) {
            return;
        }
        throw new AssertionError("The server still takes what it is sent.");
    }

    /**
     * Does something again and again until the server hangs up, or takes nothing more for a while; fails if it takes it
     * all the while. Closes the socket.
     */
    public void untilClosedOrNotRead(Consumer<RawSocket> again) {
        AtomicInteger calls = new AtomicInteger();
        Thread flood = new Thread(() -> {
            try {
                while (calls.incrementAndGet() < 5_000) {
                    again.accept(this);
                }
            } catch (UncheckedIOException closed) {
                return;
            }
        });
        flood.setDaemon(true);
        flood.start();
        int before = -1;
        while (flood.isAlive() && calls.get() != before) {
            before = calls.get();
            join(flood, 3_000);
        }
        boolean endless = calls.get() >= 5_000;
        close();
        join(flood, 10_000);
        if (endless) {
            throw new AssertionError("The server still takes what it is sent.");
        }
    }

    private static void join(Thread thread, long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Anything at all. */
    public void bytes(byte[] bytes) {
        try {
            send(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the rest of the handshake and the first message. A socket that is closed with something unread resets the
     * connection, and a reset that crosses the first message is noticed by Payara only with what it sends next: after
     * as long as a minute.
     */
    public void hear() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            skipHandshake(in);
            nextFrame(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the code with which the server closed, or 1006 if it just hung up */
    public int awaitClose() {
        try {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            skipHandshake(in);
            Frame frame = nextFrame(in);
            while (frame.opcode != CLOSE) {
                frame = nextFrame(in);
            }
            return ByteBuffer.wrap(frame.payload).getShort();
        } catch (EOFException | SocketException e) {
            return 1006;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return what the server's first pong carries */
    public byte[] awaitPong() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            skipHandshake(in);
            Frame frame = nextFrame(in);
            while (frame.opcode != PONG) {
                frame = nextFrame(in);
            }
            return frame.payload;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void skipHandshake(DataInputStream in) throws IOException {
        for (String line = "-"; !line.isEmpty(); ) {
            line = line(in);
        }
    }

    private static Frame nextFrame(DataInputStream in) throws IOException {
        int opcode = in.readUnsignedByte() & 0xF;
        int length = in.readUnsignedByte();
        byte[] payload = new byte[length == 126 ? in.readUnsignedShort() : length];
        in.readFully(payload);
        return new Frame(opcode, payload);
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (char next = (char) in.readByte(); next != '\n'; next = (char) in.readByte()) {
            line.append(next);
        }
        return line.toString().strip();
    }

    private void send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Frame(int opcode, byte[] payload) {}

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
