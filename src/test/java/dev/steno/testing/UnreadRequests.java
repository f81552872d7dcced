package dev.steno.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections that send requests, one behind the other, as long as the server takes them, and read no answer. */
public final class UnreadRequests implements AutoCloseable {
    private static final int REQUESTS_AT_ONCE = 200;

    /** Of one connection. A server that takes more reads without an end. */
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final List<SocketChannel> channels = new ArrayList<>();
    private final List<ByteBuffer> requests = new ArrayList<>();
    private final int mostBytes;
    private long sent;

    /** @param paths from the server's root on; each connection asks for one of them */
    public UnreadRequests(URI base, int connections, List<String> paths) {
        this(base, null, connections, paths, MOST_BYTES);
    }

    /**
     * @param from an address of this machine; null for any
     * @param mostBytes that one connection sends
     */
    public UnreadRequests(URI base, InetAddress from, int connections, List<String> paths, int mostBytes) {
        this.mostBytes = mostBytes;
        try {
            for (int i = 0; i < connections; i++) {
                SocketChannel channel = SocketChannel.open();
                channels.add(channel);
                channel.setOption(StandardSocketOptions.SO_RCVBUF, RawSocket.RECEIVE_BYTES);
                if (from != null) {
                    channel.bind(new InetSocketAddress(from, 0));
                }
                channel.connect(new InetSocketAddress(base.getHost(), base.getPort()));
                channel.configureBlocking(false);
                String request = "GET " + paths.get(i % paths.size()) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
                requests.add(ByteBuffer.wrap(request.repeat(REQUESTS_AT_ONCE).getBytes(StandardCharsets.US_ASCII)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends what the server takes now. */
    public UnreadRequests send() {
        for (int i = 0; i < channels.size(); i++) {
            send(channels.get(i), requests.get(i));
        }
        return this;
    }

    private void send(SocketChannel channel, ByteBuffer many) {
        try {
            int taken = 0;
            for (int written = 1; written > 0 && taken < mostBytes; taken += written) {
                if (!many.hasRemaining()) {
                    many.rewind();
                }
                written = channel.write(many);
            }
            sent += taken;
        } catch (IOException e) { // the server hung up: that is its good right
            close(channel);
        }
    }

    public long sentBytes() {
        return sent;
    }

    /** How many the server has not closed, as far as this side knows. */
    public long open() {
        return channels.stream().filter(SocketChannel::isOpen).count();
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        channels.forEach(UnreadRequests::close);
    }
}
