package dev.steno.bench;

import dev.steno.testing.Clip;
import dev.steno.testing.Microphone;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What the first recording of a fresh, ready process is like, with the embedded recogniser: the time from the first
 * audible sample to the first partial, and from the last chunk to {@code saved}; beside it, the second recording of the
 * same process. System property {@code bench.starts} (10).
 */
public final class FirstRecordingBench {
    private static final Clip CLIP = Clip.shipped("weather.wav");

    /** Seconds. */
    private record Heard(double firstPartial, double saved) {}

    private FirstRecordingBench() {}

    public static void main(String[] arguments) throws IOException {
        List<Heard> first = new ArrayList<>();
        List<Heard> second = new ArrayList<>();
        List<Double> ready = new ArrayList<>();
        for (int i = 0; i < Integer.getInteger("bench.starts", 10); i++) {
            Path folder = Files.createTempDirectory("first-recording");
            long start = System.nanoTime();
            try (StenoProcess steno = StenoProcess.start(folder, Map.of("JAVA_TOOL_OPTIONS", "-Xmx512m"))) {
                steno.awaitOk("healthz/ready");
                ready.add(seconds(start));
                first.add(record(steno));
                second.add(record(steno));
            }
            System.out.printf("%.1f s to ready; first %s; second %s%n", ready.get(i), first.get(i), second.get(i));
        }
        System.out.printf("to ready: p50 %.1f s%n", median(ready));
        print("first recording", first);
        print("second recording", second);
    }

    private static Heard record(StenoProcess steno) {
        try (StenoClient client = StenoClient.connect(steno.base())) {
            client.await("session");
            double[] partial = {0};
            long[] spoken = {0};
            Microphone.play(CLIP, chunk -> {
                if (spoken[0] == 0 && isAudible(chunk)) {
                    spoken[0] = System.nanoTime();
                }
                client.binary(chunk);
                if (partial[0] == 0 && client.messages().stream().anyMatch(FirstRecordingBench::hasWords)) {
                    partial[0] = seconds(spoken[0]);
                }
            });
            long last = System.nanoTime();
            client.control("stop");
            client.await("saved");
            double saved = seconds(last);
            return new Heard(partial[0] == 0 ? Double.POSITIVE_INFINITY : partial[0], saved);
        }
    }

    /** To the next chunk, so by 100 ms. */
    private static boolean hasWords(JsonObject message) {
        return message.getString("type").equals("transcript")
                && !message.getString("text").isBlank();
    }

    private static boolean isAudible(byte[] chunk) {
        for (int i = 1; i < chunk.length; i += 2) {
            if (Math.abs(chunk[i]) > 2) {
                return true;
            }
        }
        return false;
    }

    private static void print(String what, List<Heard> heard) {
        List<Double> partials = heard.stream().map(Heard::firstPartial).toList();
        List<Double> saved = heard.stream().map(Heard::saved).toList();
        System.out.printf(
                "%s: first partial p50 %.1f s, worst %.1f s; saved p50 %.1f s, worst %.1f s%n",
                what, median(partials), Collections.max(partials), median(saved), Collections.max(saved));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
