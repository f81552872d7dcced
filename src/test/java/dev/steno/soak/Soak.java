package dev.steno.soak;

import dev.steno.testing.ProcessUsage;
import dev.steno.testing.ServerJvm;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.s3.S3Server;
import dev.steno.testing.transcribe.TranscribeServer;
import dev.steno.testing.transcribe.TranscribeServerOptions;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Recordings in real time on the packaged Steno, with faults at random and attacks by strangers: fails where a final is
 * lost, a byte did not arrive, a transcript is not in the archive, or heap or threads grow. Steno is a process of its
 * own; the stand-ins and the clients are here. Settings, as system properties: {@code soak.recordings} (100),
 * {@code soak.minutes} (15), {@code soak.seed} (random), {@code soak.jvm} (-Xmx512m), {@code soak.out} (a file; the
 * plot is beside it).
 */
public final class Soak {
    private static final Duration SAMPLED_EACH = Duration.ofSeconds(5);

    /** A full collection stops the server for some 0.2 s: not too often. */
    private static final int SAMPLES_A_COLLECTION = 6;

    /** Live heap differs by this much from one moment to the next, with what is buffered. */
    private static final double HEAP_GROWTH_MEBIBYTES = 20;

    /** Pools keep threads for a while that a burst of faults needed. */
    private static final double THREAD_GROWTH = 20;

    /** To stop, to come back before that, and to archive what could not be archived. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final int recordings = Integer.getInteger("soak.recordings", 100);
    private final Duration time =
            Duration.ofSeconds(Math.round(60 * Double.parseDouble(property("soak.minutes", "15"))));
    private final long seed = Long.parseLong(property("soak.seed", Long.toString(new Random().nextInt(1_000_000))));
    private final String jvm = property("soak.jvm", "-Xmx512m");
    private final Series heap = new Series("Heap after a full collection, MiB");
    private final Series resident = new Series("Resident memory, MiB");
    private final Series threads = new Series("Threads");
    private final Series running = new Series("Recordings at once");
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    private final TranscribeServer transcribe =
            TranscribeServer.start(TranscribeServerOptions.defaults().withStreamLimit(10 * recordings));
    private final S3Server s3 = S3Server.start();
    private Map<String, Long> attacks = Map.of();
    private final List<String> harm = new ArrayList<>();
    private long slowestInfoMillis;
    private final RandomFaults faults = new RandomFaults(transcribe, s3, new Random(seed));

    private Soak() {}

    public static void main(String[] arguments) throws Exception {
        Soak soak = new Soak();
        try {
            soak.run();
        } finally {
            soak.close();
        }
    }

    private static String property(String name, String absent) {
        String value = System.getProperty(name, "");
        return value.isEmpty() ? absent : value;
    }

    private void run() throws Exception {
        System.out.printf("%d recordings for %s; faults with soak.seed=%d%n", recordings, time, seed);
        try (StenoProcess steno = StenoProcess.start(Files.createTempDirectory("steno-soak"), environment())) {
            steno.awaitOk("healthz/ready");
            Speakers speakers = new Speakers(recordings, steno.base(), s3, new Random(seed + 1));
            try (Attackers strangers = new Attackers(steno.base());
                    ServerJvm sampler = ServerJvm.attach(steno.handle().pid())) {
                speak(speakers, sampler, new ProcessUsage(steno.handle()));
                attacks = strangers.tried();
                slowestInfoMillis = strangers.slowestInfoMillis();
                harm.addAll(strangers.problems());
            }
            SoakTotals totals = onClock(speakers::settle);
            List<String> problems = problems(totals, steno.log());
            report(totals, problems);
            if (!problems.isEmpty()) {
                throw new IllegalStateException("The soak failed: " + problems);
            }
        }
    }

    private void speak(Speakers speakers, ServerJvm sampler, ProcessUsage usage) throws Exception {
        long began = System.nanoTime();
        Future<?> beat =
                clock.scheduleAtFixedRate(speakers::tick, 0, 1_000 / Speakers.TICKS_A_SECOND, TimeUnit.MILLISECONDS);
        Future<?> breaks = clock.scheduleAtFixedRate(faults::tick, 10, 1, TimeUnit.SECONDS);
        for (int i = 1; i * SAMPLED_EACH.toNanos() <= time.toNanos(); i++) {
            TimeUnit.NANOSECONDS.sleep(began + i * SAMPLED_EACH.toNanos() - System.nanoTime());
            sample(i, (System.nanoTime() - began) / 1e9, speakers, sampler, usage);
            if (beat.isDone() || breaks.isDone()) {
                beat.get(); // throws what ended it
                breaks.get();
            }
        }
        breaks.cancel(false);
        onClock(() -> {
            faults.heal();
            speakers.finish();
            return null;
        });
        Wait.until(PATIENCE, () -> "the end of all recordings", () -> onClock(speakers::running) == 0);
        beat.cancel(false);
    }

    private void sample(int number, double seconds, Speakers speakers, ServerJvm sampler, ProcessUsage usage)
            throws IOException {
        if (number % SAMPLES_A_COLLECTION == 0) {
            heap.add(seconds, sampler.liveHeapMebibytes());
        }
        resident.add(seconds, usage.residentMebibytes());
        threads.add(seconds, sampler.threads());
        running.add(seconds, onClock(speakers::running));
    }

    private List<String> problems(SoakTotals totals, String log) {
        List<String> problems = new ArrayList<>(totals.problems());
        problems.addAll(harm);
        if (heap.growth() > HEAP_GROWTH_MEBIBYTES) {
            problems.add("the heap grew by " + heap.growth() + " MiB");
        }
        if (threads.growth() > THREAD_GROWTH) {
            problems.add("threads grew by " + threads.growth());
        }
        if (log.contains("OutOfMemoryError")) {
            problems.add("the server ran out of memory");
        }
        return problems;
    }

    private void report(SoakTotals totals, List<String> problems) throws IOException {
        JsonObjectBuilder played = Json.createObjectBuilder();
        faults.played().forEach(played::add);
        JsonObjectBuilder tried = Json.createObjectBuilder();
        attacks.forEach(tried::add);
        JsonObject report = Json.createObjectBuilder()
                .add("when", Instant.now().toString())
                .add("java", System.getProperty("java.version"))
                .add("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .add("cores", Runtime.getRuntime().availableProcessors())
                .add("jvm", jvm)
                .add("seed", seed)
                .add("recordings_at_once", recordings)
                .add("seconds", time.toSeconds())
                .add("totals", totals.json())
                .add("problems", Json.createArrayBuilder(problems))
                .add("faults", played)
                .add("attacks", tried)
                .add("slowest_info_ms", slowestInfoMillis)
                .add("heap_growth_mib", heap.growth())
                .add("threads_growth", threads.growth())
                .add("heap_after_collection_mib", heap.json())
                .add("resident_mib", resident.json())
                .add("threads", threads.json())
                .add("recordings", running.json())
                .build();
        System.out.println(report.getJsonObject("totals") + "\n" + report.getJsonObject("faults") + "\n"
                + report.getJsonObject("attacks") + "\nslowest /info " + slowestInfoMillis + " ms, heap "
                + heap.growth() + " MiB, threads " + threads.growth() + " more in the last quarter than in the second");
        String out = property("soak.out", "");
        if (!out.isEmpty()) {
            JsonWriterFactory pretty = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));
            try (Writer writer = Files.newBufferedWriter(Path.of(out))) {
                pretty.createWriter(writer).writeObject(report);
            }
            String title = recordings + " recordings at once, faults at random, " + jvm;
            Files.writeString(
                    Path.of(out.replaceFirst("(\\.json)?$", ".svg")),
                    Plot.draw(title, List.of(heap, resident, threads, running)));
        }
    }

    /** Speakers and faults live on the clock's thread. */
    private <T> T onClock(Callable<T> task) {
        try {
            return clock.submit(task).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = s3.settings();
        environment.put(
                "AWS_ENDPOINT_URL_TRANSCRIBE_STREAMING", transcribe.endpoint().toString());
        environment.put("S3_PATH_STYLE", "true");
        environment.put("TRANSCRIBE_STREAM_LIMIT", Integer.toString(2 * recordings));
        environment.put("SESSION_LIMIT", Integer.toString(2 * recordings)); // one ends while the next begins
        environment.put("SESSION_STOP_TIMEOUT", "PT30S"); // a fault at the very end is to be mended, not cut off
        environment.put("JAVA_TOOL_OPTIONS", jvm);
        return environment;
    }

    private void close() {
        clock.shutdownNow();
        s3.close();
        transcribe.close();
    }
}
