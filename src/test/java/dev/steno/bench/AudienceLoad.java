package dev.steno.bench;

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
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Thousands of viewers on one thread, which note when each result reached them. */
final class AudienceLoad implements AutoCloseable {
    private static final Pattern SNAPSHOT = Pattern.compile("id: (\\S+)\nevent: snapshot\n");
    private static final Pattern RESULT = Pattern.compile(
            "(?:id: (\\S+)\n)?event: (?:final|partial)\ndata: \\{\"segment\":([0-9]+),\"text\":\"([^\"]*)\"");

    /** Of one who comes and goes; not all leave at the same moment. */
    private static final long STAYS_NANOS = 4_000_000_000L;

    private final AudienceRecorders recorders;
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "viewers");
    private final List<SocketChannel> silent = new ArrayList<>();
    private final List<Viewer> viewers = new ArrayList<>();
    private final Queue<Viewer> arriving = new ConcurrentLinkedQueue<>();
    private final AtomicInteger began = new AtomicInteger();
    private final AtomicInteger disorder = new AtomicInteger();
    /** Results that a viewer had before this process had looked at what the recorder has. */
    private final Map<String, List<Long>> early = new ConcurrentHashMap<>();

    private double[] delays = new double[1 << 20];
    private int count;
    private volatile boolean closed;

    /** One of them. */
    private static final class Viewer {
        private final URI events;
        private final boolean passing;
        private final StringBuilder rest = new StringBuilder();
        private SocketChannel channel;
        private String lastId;
        private long leavesAt;
        private volatile int finals;

        Viewer(URI events, boolean passing, long leavesAt) {
            this.events = events;
            this.passing = passing;
            this.leavesAt = leavesAt;
        }
    }

    AudienceLoad(AudienceRecorders recorders) throws IOException {
        this.recorders = recorders;
        selector = Selector.open();
        thread.setDaemon(true);
        thread.start();
    }

    void open(URI events, int count, int passing, int silentOnes) {
        try {
            for (int i = 0; i < silentOnes; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
                connect(channel, events, null);
                silent.add(channel);
            }
            for (int i = 0; i < count + passing; i++) {
                long leavesAt = System.nanoTime() + STAYS_NANOS + STAYS_NANOS * i / Math.max(1, passing);
                Viewer viewer = new Viewer(events, i < passing, leavesAt);
                viewers.add(viewer);
                come(viewer);
                arriving.add(viewer);
            }
            selector.wakeup();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void come(Viewer viewer) throws IOException {
        viewer.rest.setLength(0);
        viewer.channel = SocketChannel.open();
        connect(viewer.channel, viewer.events, viewer.lastId);
        viewer.channel.configureBlocking(false);
    }

    private static void connect(SocketChannel channel, URI events, String lastId) throws IOException {
        channel.connect(new InetSocketAddress(events.getHost(), events.getPort()));
        String request = "GET " + events.getPath() + " HTTP/1.1\r\nHost: " + events.getAuthority() + "\r\n"
                + (lastId == null ? "" : "Last-Event-ID: " + lastId + "\r\n") + "\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
    }

    int began() {
        return began.get();
    }

    /** How many have exactly so many finals. */
    long complete(int finals) {
        return viewers.stream().filter(viewer -> viewer.finals == finals).count();
    }

    int disorder() {
        return disorder.get();
    }

    /** From a recorder's receipt of a result to each viewer's, in seconds. Those who come and go are not counted. */
    synchronized double[] delays() {
        return Arrays.copyOf(delays, count);
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try {
            while (!closed) {
                selector.select(1);
                for (Viewer viewer = arriving.poll(); viewer != null; viewer = arriving.poll()) {
                    viewer.channel.register(selector, SelectionKey.OP_READ, viewer);
                }
                early.keySet().removeIf(this::settled);
                for (SelectionKey key : selector.selectedKeys()) {
                    read((Viewer) key.attachment(), buffer);
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean settled(String text) {
        Long recorder = recorders.heard(text);
        if (recorder != null) {
            early.get(text).forEach(at -> add((at - recorder) / 1e9));
        }
        return recorder != null;
    }

    private void read(Viewer viewer, ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (viewer.channel.read(buffer) < 0) {
            viewer.channel.close();
            return;
        }
        viewer.rest.append(StandardCharsets.UTF_8.decode(buffer.flip()));
        int end = begin(viewer);
        Matcher results = RESULT.matcher(viewer.rest);
        while (results.find()) {
            end = results.end();
            int segment = Integer.parseInt(results.group(2));
            if (results.group(1) != null) {
                disorder.addAndGet(segment == viewer.finals ? 0 : 1);
                viewer.finals = segment + 1;
                viewer.lastId = results.group(1);
            }
            if (!viewer.passing) {
                arrived(results.group(3));
            }
        }
        viewer.rest.delete(0, Math.max(end, viewer.rest.length() - 512));
        if (viewer.passing && viewer.lastId != null && System.nanoTime() > viewer.leavesAt) {
            viewer.channel.close();
            viewer.leavesAt = System.nanoTime() + STAYS_NANOS;
            come(viewer);
            viewer.channel.register(selector, SelectionKey.OP_READ, viewer);
        }
    }

    private int begin(Viewer viewer) {
        Matcher snapshot = SNAPSHOT.matcher(viewer.rest);
        if (viewer.lastId != null || !snapshot.find()) {
            return 0;
        }
        viewer.lastId = snapshot.group(1);
        began.incrementAndGet();
        return snapshot.end();
    }

    private void arrived(String text) {
        long now = System.nanoTime();
        Long recorder = recorders.heard(text);
        if (recorder == null) {
            early.computeIfAbsent(text, key -> new ArrayList<>()).add(now);
        } else {
            add((now - recorder) / 1e9);
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
        selector.wakeup();
        for (Viewer viewer : viewers) {
            viewer.channel.close();
        }
        for (SocketChannel channel : silent) {
            channel.close();
        }
        selector.close();
    }
}
