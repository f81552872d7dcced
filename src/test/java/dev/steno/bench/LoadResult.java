package dev.steno.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** One row of the table. */
final class LoadResult {
    static final String HEAD = """
            | recordings | frames | CPU-ms per stream-second | resident MiB | live heap MiB | threads | delay p50 | p95 | p99 | max ms | complete |
            |---|---|---|---|---|---|---|---|---|---|---|
            """;

    private final int recordings;
    private final boolean binary;
    private final double cpuMillis;
    private final long memory;
    private final long heap;
    private final long threads;
    private final double[] delays;
    private final List<String> problems;

    /** @param delays in ms, in ascending order */
    LoadResult(
            int recordings,
            boolean binary,
            double cpuMillis,
            long memory,
            long heap,
            long threads,
            double[] delays,
            List<String> problems) {
        this.recordings = recordings;
        this.binary = binary;
        this.cpuMillis = cpuMillis;
        this.memory = memory;
        this.heap = heap;
        this.threads = threads;
        this.delays = delays.clone();
        this.problems = problems;
    }

    List<String> problems() {
        return problems;
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "| %d | %s | %.2f | %d | %d | %d | %.1f | %.1f | %.1f | %.1f | %d of %d |",
                recordings,
                frames(),
                cpuMillis,
                memory,
                heap,
                threads,
                delay(0.5),
                delay(0.95),
                delay(0.99),
                delay(1),
                recordings - problems.size(),
                recordings);
    }

    JsonObject json() {
        return Json.createObjectBuilder()
                .add("recordings", recordings)
                .add("frames", frames())
                .add("cpu_ms_per_stream_second", rounded(cpuMillis))
                .add("resident_mib", memory)
                .add("live_heap_mib", heap)
                .add("threads", threads)
                .add("delay_p50_ms", rounded(delay(0.5)))
                .add("delay_p95_ms", rounded(delay(0.95)))
                .add("delay_p99_ms", rounded(delay(0.99)))
                .add("delay_max_ms", rounded(delay(1)))
                .add("results", delays.length)
                .add("complete", recordings - problems.size())
                .build();
    }

    private String frames() {
        return binary ? "binary" : "base64";
    }

    private double delay(double part) {
        return delays.length == 0
                ? Double.NaN
                : delays[(int) Math.min(delays.length - 1, Math.floor(part * delays.length))];
    }

    private static double rounded(double value) {
        return Double.isNaN(value) ? -1 : Math.round(value * 100) / 100.0;
    }
}
