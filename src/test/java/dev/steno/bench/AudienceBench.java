package dev.steno.bench;

import dev.steno.testing.ProcessUsage;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.transcribe.TranscribeServer;
import dev.steno.testing.transcribe.TranscribeServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Recordings and their viewers on the packaged Steno, in a process of its own; viewers and recorders are this one. A
 * final every 3 s and five partials a second. Prints, for each case, what the server used, how long each result took to
 * the recorder, and how much later than the recorder the viewers had it. Settings, as system properties:
 * {@code bench.cases}, {@code bench.seconds} (30), {@code bench.jvm}.
 */
public final class AudienceBench {
    private static final String CASES = "1:0:0:0,1:1000:0:0,1:2000:200:200,100:0:0:0,100:10:0:0";

    /**
     * @param viewers of each recording
     * @param silent those of them who never read, beside the others
     * @param passing those of them who leave every few seconds and come back, beside the others
     */
    private record Case(int recordings, int viewers, int silent, int passing) {
        static Case parse(String text) {
            int[] numbers = Arrays.stream(text.split(":", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            return new Case(numbers[0], numbers[1], numbers[2], numbers[3]);
        }

        int readers() {
            return recordings * (viewers + passing);
        }
    }

    private AudienceBench() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("steno.transcribe.partialMillis", "200");
        Path folder = Files.createTempDirectory("steno-audience-bench");
        TranscribeServer transcribe =
                TranscribeServer.start(TranscribeServerOptions.defaults().withStreamLimit(1_000));
        try (StenoProcess steno = StenoProcess.start(folder, settings(transcribe))) {
            steno.awaitOk("healthz/ready");
            for (int round = 0; round < 3; round++) {
                measure(steno, new Case(1, 500, 0, 50), 15); // the JVM compiles the busy paths
            }
            for (String each : System.getProperty("bench.cases", CASES).split(",", -1)) {
                System.out.println(measure(steno, Case.parse(each), Integer.getInteger("bench.seconds", 30)));
            }
        } finally {
            transcribe.close();
        }
        System.exit(0); // the WebSocket client keeps threads
    }

    private static Map<String, String> settings(TranscribeServer transcribe) {
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "AWS_ENDPOINT_URL_TRANSCRIBE_STREAMING", transcribe.endpoint().toString());
        settings.put("AWS_ACCESS_KEY_ID", TranscribeServerOptions.defaults().accessKey());
        settings.put("AWS_SECRET_ACCESS_KEY", TranscribeServerOptions.defaults().secretKey());
        settings.put("TRANSCRIPTION_ENGINE", "amazon-transcribe");
        settings.put("VIEWER_LIMIT", "5000");
        for (String limit : new String[] {"SESSION_LIMIT", "TRANSCRIBE_STREAM_LIMIT", "CALLER_LIMIT"}) {
            settings.put(limit, "1000");
        }
        settings.put("CALLER_STARTS_PER_MINUTE", "10000");
        settings.put("JAVA_TOOL_OPTIONS", System.getProperty("bench.jvm", "-Xmx512m -XX:+UseSerialGC"));
        return settings;
    }

    private static String measure(StenoProcess steno, Case shape, int seconds) throws IOException {
        try (AudienceRecorders recorders = new AudienceRecorders(steno.base(), shape.recordings(), seconds);
                AudienceLoad load = new AudienceLoad(recorders)) {
            recorders.share().forEach(events -> load.open(events, shape.viewers(), shape.passing(), shape.silent()));
            Wait.until(
                    Duration.ofMinutes(2),
                    () -> "all viewers of " + load.began(),
                    () -> load.began() == shape.readers());
            ProcessUsage usage = new ProcessUsage(steno.handle());
            Duration before = usage.processorTime();
            long began = System.nanoTime();
            recorders.speak();
            Duration used = usage.processorTime().minus(before);
            double elapsed = (System.nanoTime() - began) / 1e9;
            recorders.stop();
            int finals = seconds / 3;
            Wait.until(
                    Duration.ofMinutes(1),
                    () -> "all finals; complete are " + load.complete(finals),
                    () -> load.complete(finals) == shape.readers());
            return String.format(
                    Locale.ROOT,
                    "%d recordings with %d viewers each, %d that come and go, %d that never read: %.1f %% of a processor,"
                            + " %d MiB; recorder %s; viewers %s later; finals out of order or twice: %d",
                    shape.recordings(),
                    shape.viewers(),
                    shape.passing(),
                    shape.silent(),
                    used.toMillis() / elapsed / 10,
                    usage.residentMebibytes(),
                    percentiles(recorders.delays()),
                    percentiles(load.delays()),
                    load.disorder());
        }
    }

    private static String percentiles(double[] delays) {
        Arrays.sort(delays);
        return String.format(
                Locale.ROOT,
                "%.1f ms (median), %.1f (p99), %.1f (most) of %d",
                millis(delays, 0.5),
                millis(delays, 0.99),
                millis(delays, 1),
                delays.length);
    }

    private static double millis(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))] * 1e3;
    }
}
