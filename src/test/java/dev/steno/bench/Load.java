package dev.steno.bench;

import dev.steno.testing.ProcessUsage;
import dev.steno.testing.ServerJvm;
import dev.steno.testing.StenoClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Many recordings at once, each at the pace of speech, their chunks spread evenly over the 100 ms. */
final class Load {
    private static final long CHUNK_NANOS = 100_000_000;

    /** New connections a second: below what an account may start. */
    private static final int STARTS_A_SECOND = 25;

    private final URI socket;
    private final byte[] noise = new byte[1 << 20];
    private final HttpClient http = HttpClient.newHttpClient();

    Load(URI base) {
        socket = StenoClient.address(base);
        new Random(1).nextBytes(noise);
    }

    /**
     * @param number of recordings
     * @param time that all of them run together, and are measured
     * @param server whose work is measured
     * @param jvm the same
     */
    LoadResult run(int number, Duration time, boolean binary, ProcessUsage server, ServerJvm jvm) throws Exception {
        List<Long> delays = Collections.synchronizedList(new ArrayList<>());
        List<LoadSession> sessions = new ArrayList<>();
        List<ScheduledFuture<?>> beats = new ArrayList<>();
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
        try {
            for (int i = 0; i < number; i++) {
                LoadSession session = new LoadSession(noise, i, binary, delays);
                session.open(http, socket);
                sessions.add(session);
                long phase = CHUNK_NANOS * i / number;
                beats.add(clock.scheduleAtFixedRate(session::sendChunk, phase, CHUNK_NANOS, TimeUnit.NANOSECONDS));
                TimeUnit.MILLISECONDS.sleep(1_000 / STARTS_A_SECOND);
            }
            delays.clear();
            Duration before = server.processorTime();
            long start = System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            Duration used = server.processorTime().minus(before);
            double streamSeconds = number * (System.nanoTime() - start) / 1e9;
            List<Long> measured = List.copyOf(delays);
            long memory = server.residentMebibytes();
            long threads = server.threads();
            long heap = Math.round(jvm.liveHeapMebibytes());
            beats.forEach(beat -> beat.cancel(false));
            clock.shutdown();
            if (!clock.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The load generator does not keep up.");
            }
            CompletableFuture.allOf(sessions.stream().map(LoadSession::stop).toArray(CompletableFuture[]::new))
                    .get(60, TimeUnit.SECONDS);
            List<String> problems = sessions.stream()
                    .map(LoadSession::problem)
                    .filter(Objects::nonNull)
                    .toList();
            return new LoadResult(
                    number,
                    binary,
                    used.toNanos() / 1e6 / streamSeconds,
                    memory,
                    heap,
                    threads,
                    millis(measured),
                    problems);
        } finally {
            clock.shutdownNow();
        }
    }

    private static double[] millis(List<Long> nanos) {
        return nanos.stream().mapToDouble(delay -> delay / 1e6).sorted().toArray();
    }
}
