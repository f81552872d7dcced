package dev.steno.bench;

import dev.steno.testing.Microphone;
import dev.steno.testing.ProcessUsage;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.transcribe.TranscribeServer;
import dev.steno.testing.transcribe.TranscribeServerOptions;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * One recording and its readers on the packaged Steno, in a process of its own; readers and recorder are this one. Prints, for each
 * number of readers, what the server used for them and how much later than the recorder they had each result. Settings, as system
 * properties: {@code bench.readers} (0,1000,2000), {@code bench.silent} (200, who never read), {@code bench.seconds} (30), {@code bench.jvm}.
 */
public final class AudienceBench {
    private static final int CHUNK_MILLIS = 100;

    private AudienceBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("steno-audience-bench");
        Map<String, String> settings = new HashMap<>();
        TranscribeServer transcribe = TranscribeServer.start(TranscribeServerOptions.defaults());
        settings.put(
                "AWS_ENDPOINT_URL_TRANSCRIBE_STREAMING", transcribe.endpoint().toString());
        settings.put("AWS_ACCESS_KEY_ID", TranscribeServerOptions.defaults().accessKey());
        settings.put("AWS_SECRET_ACCESS_KEY", TranscribeServerOptions.defaults().secretKey());
        settings.put("TRANSCRIPTION_ENGINE", "amazon-transcribe");
        settings.put("VIEWER_LIMIT", "5000");
        settings.put("JAVA_TOOL_OPTIONS", System.getProperty("bench.jvm", "-Xmx512m -XX:+UseSerialGC"));
        try (StenoProcess steno = StenoProcess.start(folder, settings)) {
            steno.awaitOk("healthz/ready");
            measure(steno, 200, 0, 10); // the JVM compiles the busy paths
            for (String readers :
                    System.getProperty("bench.readers", "0,1000,2000").split(",", -1)) {
                int count = Integer.parseInt(readers);
                int silent = count == 0 ? 0 : Integer.getInteger("bench.silent", 200);
                System.out.println(measure(steno, count, silent, Integer.getInteger("bench.seconds", 30)));
            }
        } finally {
            transcribe.close();
        }
        System.exit(0); // the WebSocket client keeps threads
    }

    private static String measure(StenoProcess steno, int readers, int silent, int seconds) throws IOException {
        try (StenoClient recorder = StenoClient.connect(steno.base());
                AudienceLoad load = new AudienceLoad()) {
            recorder.control("share");
            URI events = URI.create(recorder.await("share").getString("url") + "/events");
            load.open(events, readers, silent);
            if (readers > 0) {
                Wait.until(
                        Duration.ofMinutes(2), () -> "all readers of " + load.began(), () -> load.began() == readers);
            }
            ProcessUsage usage = new ProcessUsage(steno.handle());
            Duration before = usage.processorTime();
            long began = System.nanoTime();
            load.recorder(recorder);
            play(recorder, seconds);
            Duration used = usage.processorTime().minus(before);
            double elapsed = (System.nanoTime() - began) / 1e9;
            recorder.control("stop");
            recorder.await("saved");
            int finals = recorder.finals().size();
            if (readers > 0) {
                Wait.until(Duration.ofMinutes(1), () -> "all finals", () -> load.complete(finals) == readers);
            }
            return report(readers, silent, used.toMillis() / elapsed / 10, load, recorder.messages(), usage);
        }
    }

    private static String report(
            int readers, int silent, double percent, AudienceLoad load, List<JsonObject> heard, ProcessUsage usage) {
        double[] delays = load.delays();
        Arrays.sort(delays);
        return String.format(
                Locale.ROOT,
                "%d readers and %d that never read: %.1f %% of a processor, %d MiB; %d results, each %d ms (median), %d ms"
                        + " (p99), %d ms (most) after the recorder; out of order or twice: %d",
                readers,
                silent,
                percent,
                usage.residentMebibytes(),
                heard.stream()
                        .filter(message -> message.getString("type").equals("transcript"))
                        .count(),
                millis(delays, 0.5),
                millis(delays, 0.99),
                millis(delays, 1),
                load.disorder());
    }

    private static long millis(double[] sorted, double share) {
        return sorted.length == 0
                ? 0
                : Math.round(sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))] * 1e3);
    }

    /** In real time. */
    private static void play(StenoClient recorder, int seconds) {
        byte[] audio = new byte[32_000 * seconds];
        new Random(1).nextBytes(audio);
        long next = System.nanoTime();
        for (byte[] chunk : Microphone.chunks(audio)) {
            recorder.binary(chunk);
            next += CHUNK_MILLIS * 1_000_000L;
            while (System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }
}
