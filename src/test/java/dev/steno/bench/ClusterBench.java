package dev.steno.bench;

import dev.steno.testing.Ports;
import dev.steno.testing.ProcessUsage;
import dev.steno.testing.RedisProcess;
import dev.steno.testing.ServerJvm;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.s3.S3Server;
import dev.steno.testing.transcribe.TranscribeServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What the cluster's store costs: the same load on a single node and on a node with a Redis, in turn, in one run.
 * Prints a row for each, and the calls to the store for each recording and second. Settings, as system properties:
 * {@code bench.sessions} (50), {@code bench.seconds} (20), {@code bench.warmup} (60), {@code bench.rounds} (3).
 */
public final class ClusterBench {
    private static final int SESSIONS = Integer.getInteger("bench.sessions", 50);
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("bench.seconds", 20));
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warmup", 60));

    private ClusterBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("steno-cluster-bench");
        int transcribe = Ports.free();
        int s3 = Ports.free();
        Process transcribeServer = LiveBench.stand(TranscribeServer.class, transcribe, "--stream-limit=1200");
        Process s3Server = LiveBench.stand(S3Server.class, s3);
        Map<String, String> alone = LiveBench.environment(transcribe, s3);
        try (RedisProcess redis = RedisProcess.start(Files.createDirectory(folder.resolve("redis")))) {
            Map<String, String> clustered = new HashMap<>(alone);
            clustered.put("CLUSTER_URL", redis.url());
            try (StenoProcess one = StenoProcess.start(Files.createDirectory(folder.resolve("alone")), alone);
                    StenoProcess two = StenoProcess.start(Files.createDirectory(folder.resolve("node")), clustered)) {
                measure(one.awaitOk("healthz/ready"), two.awaitOk("healthz/ready"), redis);
            }
        } finally {
            transcribeServer.destroy();
            s3Server.destroy();
        }
        System.exit(0); // clients of the JDK keep threads
    }

    private static void measure(StenoProcess one, StenoProcess two, RedisProcess redis) throws Exception {
        run(one, WARM_UP);
        run(two, WARM_UP);
        System.out.print("| | " + LoadResult.HEAD.substring(2).replace("\n|---", "\n|---|---"));
        for (int round = 0; round < Integer.getInteger("bench.rounds", 3); round++) {
            System.out.println("| single node " + run(one, TIME).row());
            Map<String, Long> before = calls(redis);
            long began = System.nanoTime();
            System.out.println("| with store " + run(two, TIME).row());
            double seconds = (System.nanoTime() - began) / 1e9;
            Map<String, Double> calls = new TreeMap<>();
            calls(redis).forEach((name, count) -> {
                double each = (count - before.getOrDefault(name, 0L)) / seconds / SESSIONS;
                if (each >= 0.01) {
                    calls.put(name, Math.round(each * 100) / 100.0);
                }
            });
            System.out.println("calls to the store per recording and second, starts and ends included: " + calls);
        }
    }

    private static LoadResult run(StenoProcess steno, Duration time) throws Exception {
        try (ServerJvm jvm = ServerJvm.attach(steno.handle().pid())) {
            return new Load(steno.base()).run(SESSIONS, time, true, new ProcessUsage(steno.handle()), jvm);
        }
    }

    /** By command. What a script calls counts as well, beside the script itself. */
    private static Map<String, Long> calls(RedisProcess redis) {
        RedisClient client = RedisClient.create(redis.url());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            Map<String, Long> calls = new TreeMap<>();
            connection.sync().info("commandstats").lines().forEach(line -> {
                String[] parts = line.split("[:=,]", 4);
                if (parts.length > 2 && parts[0].startsWith("cmdstat_")) {
                    calls.put(parts[0].substring("cmdstat_".length()), Long.parseLong(parts[2]));
                }
            });
            return calls;
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }
}
