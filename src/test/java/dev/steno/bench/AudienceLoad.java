package dev.steno.bench;

import dev.steno.testing.StenoClient;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Thousands of readers on one thread, which note when each result reached them. */
final class AudienceLoad implements AutoCloseable {
    private static final Pattern RESULT =
            Pattern.compile("event: (final|partial)\ndata: \\{\"segment\":([0-9]+),\"text\":\"([^\"]*)\"");

    private final Selector selector;
    private final Thread thread = new Thread(this::run, "readers");
    private final List<SocketChannel> silent = new ArrayList<>();
    private final AtomicInteger began = new AtomicInteger();
    private final AtomicInteger disorder = new AtomicInteger();
    private final List<Reader> readers = new ArrayList<>();
    private final Map<String, Long> heard = new ConcurrentHashMap<>();
    private double[] delays = new double[1 << 20];
    private int count;
    private final Map<String, List<Long>> early = new ConcurrentHashMap<>();
    private volatile StenoClient recorder;
    private volatile boolean closed;
    private int seen;

    /** One of them. */
    private static final class Reader {
        private final SocketChannel channel;
        private final StringBuilder rest = new StringBuilder();
        private boolean began;
        private volatile int finals;

        Reader(SocketChannel channel) {
            this.channel = channel;
        }
    }

    AudienceLoad() throws IOException {
        selector = Selector.open();
        thread.setDaemon(true);
    }

    void open(URI events, int count, int silentOnes) throws IOException {
        for (int i = 0; i < silentOnes; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            connect(channel, events);
            silent.add(channel);
        }
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open();
            connect(channel, events);
            channel.configureBlocking(false);
            Reader reader = new Reader(channel);
            readers.add(reader);
            channel.register(selector, SelectionKey.OP_READ, reader);
        }
        thread.start();
    }

    private static void connect(SocketChannel channel, URI events) throws IOException {
        channel.connect(new InetSocketAddress(events.getHost(), events.getPort()));
        String request = "GET " + events.getPath() + " HTTP/1.1\r\nHost: " + events.getAuthority() + "\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Whose results are the ones to compare with. */
    void recorder(StenoClient client) {
        recorder = client;
    }

    int began() {
        return began.get();
    }

    /** How many have so many finals. */
    long complete(int finals) {
        return readers.stream().filter(reader -> reader.finals == finals).count();
    }

    int disorder() {
        return disorder.get();
    }

    /** In seconds. */
    synchronized double[] delays() {
        return Arrays.copyOf(delays, count);
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try {
            while (!closed) {
                selector.select(1);
                note();
                for (SelectionKey key : selector.selectedKeys()) {
                    read((Reader) key.attachment(), buffer);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When the recorder had what. It is looked at in the same loop, so that both are late alike. */
    private void note() {
        if (recorder == null) {
            return;
        }
        List<JsonObject> messages = recorder.messages();
        for (; seen < messages.size(); seen++) {
            if (messages.get(seen).getString("type").equals("transcript")) {
                String text = messages.get(seen).getInt("segment")
                        + messages.get(seen).getString("text");
                long now = System.nanoTime();
                heard.putIfAbsent(text, now);
                List<Long> before = early.remove(text);
                if (before != null) {
                    before.forEach(at -> add((at - now) / 1e9));
                }
            }
        }
    }

    private void read(Reader reader, ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (reader.channel.read(buffer) < 0) {
            reader.channel.close();
            return;
        }
        reader.rest.append(StandardCharsets.UTF_8.decode(buffer.flip()));
        if (!reader.began && reader.rest.indexOf("event: snapshot") >= 0) {
            reader.began = true;
            began.incrementAndGet();
        }
        Matcher results = RESULT.matcher(reader.rest);
        int end = 0;
        while (results.find()) {
            end = results.end();
            if (results.group(1).equals("final")) {
                int segment = Integer.parseInt(results.group(2));
                disorder.addAndGet(segment == reader.finals ? 0 : 1);
                reader.finals = segment + 1;
            }
            arrived(results.group(2) + results.group(3));
        }
        reader.rest.delete(0, Math.max(end, reader.rest.length() - 512));
    }

    private void arrived(String text) {
        long now = System.nanoTime();
        Long before = heard.get(text);
        if (before == null) {
            early.computeIfAbsent(text, key -> new ArrayList<>()).add(now);
        } else {
            add((now - before) / 1e9);
        }
    }

    private synchronized void add(double delay) {
        if (count == delays.length) {
            delays = Arrays.copyOf(delays, 2 * count);
        }
        delays[count++] = Math.max(0, delay);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (Reader reader : readers) {
            reader.channel.close();
        }
        for (SocketChannel channel : silent) {
            channel.close();
        }
        selector.close();
    }
}
