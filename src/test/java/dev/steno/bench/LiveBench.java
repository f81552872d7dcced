package dev.steno.bench;

import dev.steno.testing.Ports;
import dev.steno.testing.ProcessUsage;
import dev.steno.testing.ServerJvm;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.s3.S3Server;
import dev.steno.testing.transcribe.TranscribeServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Live recordings on Amazon's way, on the packaged Steno: the server, the stand-ins of Amazon Transcribe and S3 and the
 * clients each in a process of their own. Prints a table, and writes it as JSON. Settings, as system properties:
 * {@code bench.sessions} (10,50,100,200,500), {@code bench.seconds} (20), {@code bench.warmup} (seconds of 100
 * recordings, 180: the JVM compiles the busy paths for about that long), {@code bench.frames} (base64,binary),
 * {@code bench.jvm} (options of the server's JVM), {@code bench.out} (a file).
 */
public final class LiveBench {
    private static final int MOST = 600;

    private static final String JVM_OPTIONS = System.getProperty("bench.jvm", "-Xmx512m -XX:+UseSerialGC");

    private LiveBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("steno-bench");
        int transcribe = Ports.free();
        int s3 = Ports.free();
        Process transcribeServer = stand(TranscribeServer.class, transcribe, "--stream-limit=" + 2 * MOST);
        Process s3Server = stand(S3Server.class, s3);
        Instant began = Instant.now();
        try (StenoProcess steno = StenoProcess.start(folder, environment(transcribe, s3))) {
            steno.awaitOk("healthz/ready");
            Duration start = Duration.between(began, Instant.now());
            try (ServerJvm jvm = ServerJvm.attach(steno.handle().pid())) {
                measure(steno, jvm, start);
            }
        } finally {
            transcribeServer.destroy();
            s3Server.destroy();
        }
    }

    private static void measure(StenoProcess steno, ServerJvm jvm, Duration start) throws Exception {
        ProcessUsage usage = new ProcessUsage(steno.handle());
        double startSeconds = usage.processorTime().toMillis() / 1e3;
        Load load = new Load(steno.base());
        System.out.printf(
                "%nStarted in %.1f s with %.1f s of CPU, %d MiB. Warming up.%n",
                start.toMillis() / 1e3, startSeconds, usage.residentMebibytes());
        load.run(100, Duration.ofSeconds(Integer.getInteger("bench.warmup", 180)), false, usage, jvm);
        System.out.print("\n" + LoadResult.HEAD);
        JsonArrayBuilder rows = Json.createArrayBuilder();
        List<String> problems = new ArrayList<>();
        for (String frames : System.getProperty("bench.frames", "base64,binary").split(",", -1)) {
            for (String number :
                    System.getProperty("bench.sessions", "10,50,100,200,500").split(",", -1)) {
                Duration time = Duration.ofSeconds(Integer.getInteger("bench.seconds", 20));
                LoadResult result = load.run(Integer.parseInt(number), time, frames.equals("binary"), usage, jvm);
                System.out.println(result.row());
                rows.add(result.json());
                problems.addAll(result.problems());
            }
        }
        write(Json.createObjectBuilder()
                .add("when", Instant.now().toString())
                .add("java", System.getProperty("java.version"))
                .add("jvm_options", JVM_OPTIONS)
                .add("server", System.getProperty("bench.server", "Payara Micro"))
                .add("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .add("processor", ProcessUsage.processorName())
                .add("cores", Runtime.getRuntime().availableProcessors())
                .add("start_seconds", start.toMillis() / 1e3)
                .add("start_cpu_seconds", startSeconds)
                .add("rows", rows)
                .build());
        if (!problems.isEmpty()) {
            throw new IllegalStateException("Incomplete recordings: " + problems);
        }
    }

    private static void write(JsonObject result) throws IOException {
        String file = System.getProperty("bench.out", "");
        if (!file.isEmpty()) {
            JsonWriterFactory pretty = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));
            try (Writer out = Files.newBufferedWriter(Path.of(file))) {
                pretty.createWriter(out).writeObject(result);
            }
        }
    }

    static Map<String, String> environment(int transcribe, int s3) {
        Map<String, String> environment = new HashMap<>();
        environment.put("S3_BUCKET", S3Server.BUCKET);
        environment.put("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + s3);
        environment.put("AWS_ENDPOINT_URL_TRANSCRIBE_STREAMING", "http://127.0.0.1:" + transcribe);
        environment.put("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY);
        environment.put("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
        environment.put("S3_PATH_STYLE", "true");
        environment.put("TRANSCRIBE_STREAM_LIMIT", Integer.toString(2 * MOST));
        environment.put("SESSION_LIMIT", Integer.toString(MOST));
        environment.put("CALLER_LIMIT", Integer.toString(MOST));
        environment.put("CALLER_STARTS_PER_MINUTE", Integer.toString(100 * MOST));
        environment.put("JAVA_TOOL_OPTIONS", JVM_OPTIONS);
        return environment;
    }

    /** A stand-in in a process of its own, so that its work is not counted as anybody else's. */
    static Process stand(Class<?> main, int port, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                "--port=" + port,
                "--control-port=" + Ports.free()));
        command.addAll(Arrays.asList(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Wait.until(Duration.ofMinutes(1), main::getSimpleName, () -> Ports.listens(port));
        return process;
    }
}
