package dev.steno.soak;

import dev.steno.testing.RawSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What a stranger may try beside the recordings, again and again, all kinds at once; and how long {@code /info} takes meanwhile. */
final class Attackers implements AutoCloseable {
    private static final int TEXT = 0x01;
    private static final int BINARY = 0x02;
    private static final int CONTINUATION = 0x00;
    private static final int PING = 0x89;

    private final URI base;
    private final ScheduledExecutorService threads;
    private final Map<String, AtomicLong> done = new ConcurrentHashMap<>();
    private final Set<String> problems = ConcurrentHashMap.newKeySet();
    private final AtomicLong slowestInfoMillis = new AtomicLong();

    @SuppressWarnings("FutureReturnValueIgnored") // the attacks deal with every outcome themselves
    Attackers(URI base) {
        this.base = base;
        Map<String, Runnable> attacks = Map.of(
                "pings without end", () -> flood(new byte[0], frames(PING, 125, 400)),
                "fragments without a byte", () -> flood(frames(BINARY, 0, 1), frames(CONTINUATION, 0, 8_000)),
                "fragments of a byte", () -> flood(frames(TEXT, 1, 1), frames(CONTINUATION, 1, 7_000)),
                "fragments without end", () -> flood(frames(BINARY, 60_000, 1), frames(CONTINUATION, 60_000, 1)),
                "a frame that never ends", this::endlessFrame,
                "frames without a mask", this::withoutMask,
                "a frame with the handshake", () -> early("GET", "", frames(PING, 5, 1)),
                "half a frame with the handshake", () -> early("GET", "", new byte[] {(byte) 0x81}),
                "a handshake with a body", () -> early("POST", "Content-Length: 5\r\n", new byte[5]),
                "requests that are reset", () -> RawSocket.sendAndReset(base, requests()));
        threads = Executors.newScheduledThreadPool(attacks.size() + 1, task -> {
            Thread thread = new Thread(task, "attacker");
            thread.setDaemon(true);
            return thread;
        });
        attacks.forEach((name, attack) -> {
            done.put(name, new AtomicLong());
            threads.scheduleWithFixedDelay(() -> attempt(name, attack), 5_000, 500, TimeUnit.MILLISECONDS);
        });
        threads.scheduleWithFixedDelay(this::askForInfo, 1, 1, TimeUnit.SECONDS);
    }

    /** How often each was tried. */
    Map<String, Long> tried() {
        Map<String, Long> tried = new TreeMap<>();
        done.forEach((name, times) -> tried.put(name, times.get()));
        return tried;
    }

    /** What succeeded and should not have. */
    Set<String> problems() {
        return Set.copyOf(problems);
    }

    long slowestInfoMillis() {
        return slowestInfoMillis.get();
    }

    private void attempt(String name, Runnable attack) {
        try {
            attack.run();
        } catch (AssertionError e) {
            problems.add(name + ": " + e.getMessage());
        } catch (UncheckedIOException | NumberFormatException | IndexOutOfBoundsException refused) {
            // what the server is there for: it hung up
        } finally {
            done.get(name).incrementAndGet();
        }
    }

    private void flood(byte[] first, byte[] again) {
        try (RawSocket socket = RawSocket.open(base, "none")) {
            socket.bytes(first);
            socket.untilClosedOrNotRead(open -> open.bytes(again));
        }
    }

    private void withoutMask() {
        try (RawSocket socket = RawSocket.open(base, "none")) {
            socket.bytes(new byte[] {(byte) 0x82, 2, 0, 0});
            if (socket.awaitClose() != 1002) {
                throw new AssertionError("The server takes frames without a mask.");
            }
        }
    }

    private void endlessFrame() {
        try (RawSocket socket = RawSocket.open(base, "none")) {
            socket.begin(1L << 40);
            socket.untilClosedOrNotRead(open -> open.bytes(new byte[60_000]));
        }
    }

    private void early(String method, String headers, byte[] bytes) {
        RawSocket.openAndSend(base, "none", method, headers, bytes).close();
    }

    private byte[] requests() {
        String one = "GET " + base.getPath() + "css/page.css HTTP/1.1\r\nHost: localhost\r\n\r\n";
        return String.join("", List.of(one.repeat(500))).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] frames(int first, int payload, int times) {
        byte[] one = RawSocket.frameBytes(first, new byte[payload]);
        ByteBuffer all = ByteBuffer.allocate(one.length * times);
        for (int i = 0; i < times; i++) {
            all.put(one);
        }
        return all.array();
    }

    private void askForInfo() {
        long began = System.nanoTime();
        try {
            HttpURLConnection info =
                    (HttpURLConnection) base.resolve("info").toURL().openConnection();
            info.setReadTimeout(60_000);
            info.getResponseCode();
        } catch (IOException e) { // counts for as long as it took
        }
        long millis = (System.nanoTime() - began) / 1_000_000;
        slowestInfoMillis.accumulateAndGet(millis, Math::max);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
