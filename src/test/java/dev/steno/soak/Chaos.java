package dev.steno.soak;

import dev.steno.testing.RedisProcess;
import dev.steno.testing.SteadySpeaker;
import dev.steno.testing.Wait;
import dev.steno.testing.s3.S3Server;
import dev.steno.testing.transcribe.TranscribeServer;
import dev.steno.testing.transcribe.TranscribeServerOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A cluster of nodes as processes, a real Redis, clients over a balancer that takes a node at random, and faults at
 * random. Fails where a byte was not heard once and in order, a client and the archive differ, a recording is split or
 * stored twice, Amazon has more streams than the limit, or a key of the store would never expire. Settings, as system
 * properties: {@code chaos.nodes} (3), {@code chaos.recordings} (60), {@code chaos.minutes} (15), {@code chaos.seed},
 * {@code chaos.jvm}, {@code chaos.out}, {@code chaos.kinds} (a regular expression; all), {@code chaos.rest} (0, seconds
 * that a node that died stays away).
 */
public final class Chaos {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int SAMPLES_A_SECOND = 5;

    /** Connections of nodes that were killed. Kept: a logger that nobody holds forgets its level. */
    private static final java.util.logging.Logger RESETS =
            java.util.logging.Logger.getLogger("io.netty.channel.DefaultChannelPipeline");

    private final int number = Integer.getInteger("chaos.nodes", 3);
    private final int recordings = Integer.getInteger("chaos.recordings", 60);
    private final double minutes = Double.parseDouble(property("chaos.minutes", "15"));
    private final long seed = Long.parseLong(property("chaos.seed", Long.toString(new Random().nextInt(1_000_000))));
    private final String jvm = property("chaos.jvm", "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    /** Places of a node that died are taken for 20 s: its recordings need others meanwhile. */
    private final int limit = 2 * recordings;

    private final Series attached = new Series("Clients connected");
    private final Series ready = new Series("Nodes ready");
    private final Series streams = new Series("Streams at Amazon, limit " + limit);
    private final Series calls = new Series("Calls to the store per second");
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    private final TranscribeServer transcribe =
            TranscribeServer.start(TranscribeServerOptions.defaults().withStreamLimit(100 * recordings));
    private final S3Server s3 = S3Server.start();
    private final Path folder = Files.createTempDirectory("steno-chaos");
    private final RedisProcess redis = RedisProcess.start(Files.createDirectories(folder.resolve("redis")));
    private final List<ChaosNode> nodes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int mostStreams;
    private long samples;
    private long callsSeen;
    private Duration lasted = Duration.ZERO;

    private Chaos() throws IOException {}

    public static void main(String[] arguments) throws Exception {
        RESETS.setLevel(java.util.logging.Level.OFF);
        Chaos chaos = new Chaos();
        try {
            chaos.run();
        } finally {
            chaos.close();
        }
        System.exit(chaos.problems.isEmpty() ? 0 : 1); // clients of the JDK keep threads
    }

    private static String property(String name, String absent) {
        String value = System.getProperty(name, "");
        return value.isEmpty() ? absent : value;
    }

    private void run() throws Exception {
        System.out.printf("%d nodes, %d recordings, %s min, chaos.seed=%d%n", number, recordings, minutes, seed);
        for (int i = 0; i < number; i++) {
            nodes.add(new ChaosNode(folder.resolve("node-" + i), URI.create(redis.url()), environment()));
        }
        Wait.until(PATIENCE, () -> "all nodes", () -> {
            nodes.forEach(ChaosNode::look);
            return nodes.stream().allMatch(ChaosNode::isReady);
        });
        ChaosClients clients = new ChaosClients(recordings, this::balance, s3, seed);
        ChaosFaults faults = new ChaosFaults(
                nodes, redis, clients::allSpeak, new Random(seed), Duration.ofMillis(Math.round(minutes * 60_000)));
        long began = System.nanoTime();
        clients.start();
        Future<?> unused = clock.scheduleAtFixedRate(
                () -> sample(began, clients), 1_000, 1_000 / SAMPLES_A_SECOND, TimeUnit.MILLISECONDS);
        Thread chaos = new Thread(faults, "chaos-faults");
        chaos.start();
        TimeUnit.MILLISECONDS.sleep(Math.round(minutes * 60_000));
        chaos.join(Math.round(minutes * 60_000)); // a slow machine takes longer for all faults
        faults.end();
        chaos.join();
        lasted = Duration.ofNanos(System.nanoTime() - began);
        clients.finish();
        clock.shutdown();
        check(clients);
        report(clients, faults);
    }

    /** As a balancer without stickiness does, which looks every few seconds who is there. */
    private URI balance() {
        List<ChaosNode> there = nodes.stream().filter(ChaosNode::seemsReady).toList();
        List<ChaosNode> chosen = there.isEmpty() ? nodes : there;
        return chosen.get(ThreadLocalRandom.current().nextInt(chosen.size())).address();
    }

    private void sample(long began, ChaosClients clients) {
        try {
            int open = transcribe.openStreams();
            mostStreams = Math.max(mostStreams, open);
            if (samples++ % SAMPLES_A_SECOND != 0) {
                return;
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            nodes.forEach(ChaosNode::look);
            attached.add(seconds, clients.attached());
            ready.add(
                    seconds, (double) nodes.stream().filter(ChaosNode::isReady).count());
            streams.add(seconds, open);
            long now = callsOfStore();
            calls.add(seconds, (double) Math.max(0, now - callsSeen)); // a store that was restarted counts from 0
            callsSeen = now;
        } catch (RuntimeException e) { // the boundary of a thread
            System.out.println("No sample: " + e);
        }
    }

    private long callsOfStore() {
        try {
            return asked(commands -> commands.info("stats")
                    .lines()
                    .filter(line -> line.startsWith("total_commands_processed:"))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                    .findFirst()
                    .orElse(0));
        } catch (RuntimeException e) { // it is away
            return callsSeen;
        }
    }

    private <T> T asked(Function<RedisCommands<String, String>, T> question) {
        RedisClient client = RedisClient.create(redis.url());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return question.apply(connection.sync());
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }

    private void check(ChaosClients clients) {
        problems.addAll(clients.problems());
        if (mostStreams > limit) {
            problems.add(mostStreams + " streams at once, above the limit of " + limit);
        }
        List<String> endless = asked(commands -> commands.keys("*").stream()
                .filter(key -> commands.pttl(key) == -1)
                .toList());
        endless.forEach(key -> problems.add("never expires: " + key));
    }

    private void report(ChaosClients clients, ChaosFaults faults) throws IOException {
        double callsPerSecond =
                calls.points().stream().mapToDouble(point -> point[1]).average().orElse(0);
        JsonObjectBuilder played = Json.createObjectBuilder();
        faults.played().forEach(played::add);
        JsonObject report = Json.createObjectBuilder()
                .add("when", Instant.now().toString())
                .add("java", System.getProperty("java.version"))
                .add("cores", Runtime.getRuntime().availableProcessors())
                .add("nodes", number)
                .add("recordings_at_once", recordings)
                .add("minutes", Math.round(lasted.toSeconds() / 6.0) / 10.0)
                .add("seed", seed)
                .add("jvm", jvm)
                .add("recordings", clients.ended())
                .add("refused_as_busy", clients.refused())
                .add("begun_again", clients.begunAgain())
                .add("stored_late", clients.delayed())
                .add("audio_seconds", Math.round(clients.seconds()))
                .add("finals", clients.finals())
                .add("connections", clients.connections())
                .add("taken_over", lines("the recording goes on at another node"))
                .add("archived_for_gone_nodes", lines("of a node that is gone is archived here"))
                .add("most_streams", mostStreams)
                .add("stream_limit", limit)
                .add("store_calls_per_recording_and_second", Math.round(10 * callsPerSecond / recordings) / 10.0)
                .add("faults", played)
                .add("faults_not_played", faults.left())
                .add("silence_seconds", silences(clients, faults))
                .add("problems", Json.createArrayBuilder(problems))
                .add("clients_connected", attached.json())
                .add("nodes_ready", ready.json())
                .add("streams", streams.json())
                .add("store_calls_a_second", calls.json())
                .build();
        JsonObjectBuilder head = Json.createObjectBuilder();
        report.forEach((name, value) -> {
            if (!name.matches("clients_connected|nodes_ready|streams|store_calls_a_second")) {
                head.add(name, value);
            }
        });
        System.out.println(head.build());
        String out = property("chaos.out", "");
        if (!out.isEmpty()) {
            JsonWriterFactory pretty = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, false));
            try (Writer writer = Files.newBufferedWriter(Path.of(out))) {
                pretty.createWriter(writer).writeObject(report);
            }
            Files.writeString(
                    Path.of(out.replaceFirst("(\\.json)?$", ".svg")),
                    Plot.draw(
                            number + " nodes, " + recordings + " recordings at once, faults at random: "
                                    + faults.played(),
                            List.of(attached, ready, streams, calls)));
        }
    }

    private long lines(String text) {
        return nodes.stream().mapToLong(node -> node.lines(text)).sum();
    }

    /** From the loss of a connection to the next words, by what had happened last. */
    private static JsonObjectBuilder silences(ChaosClients clients, ChaosFaults faults) {
        Map<String, List<Double>> byKind = new TreeMap<>();
        for (SteadySpeaker.Silence silence : clients.silences()) {
            String kind = faults.log().stream()
                    .filter(fault -> fault.at() <= silence.lostAt())
                    .reduce((earlier, later) -> later)
                    .map(ChaosFaults.Played::kind)
                    .orElse("none");
            byKind.computeIfAbsent("after " + kind, any -> new ArrayList<>())
                    .add(silence.length().toMillis() / 1e3);
        }
        JsonObjectBuilder all = Json.createObjectBuilder();
        byKind.forEach((kind, lengths) -> {
            lengths.sort(null);
            all.add(
                    kind,
                    Json.createObjectBuilder()
                            .add("count", lengths.size())
                            .add("p50", lengths.get((lengths.size() - 1) / 2))
                            .add("p99", lengths.get((int) (0.99 * (lengths.size() - 1))))
                            .add("max", lengths.get(lengths.size() - 1)));
        });
        return all;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(s3.settings());
        environment.put(
                "AWS_ENDPOINT_URL_TRANSCRIBE_STREAMING", transcribe.endpoint().toString());
        environment.put("S3_PATH_STYLE", "true");
        environment.put("TRANSCRIBE_STREAM_LIMIT", Integer.toString(limit));
        environment.put("SESSION_LIMIT", Integer.toString(limit)); // one node may have all
        environment.put("SESSION_RESUME_WINDOW", "PT1M");
        environment.put("CALLER_SOCKETS", "10000");
        environment.put("TRANSCRIBE_START_TIMEOUT", "PT20S"); // nodes that start take the processor from the others
        environment.put("JAVA_TOOL_OPTIONS", jvm);
        return environment;
    }

    private void close() {
        clock.shutdownNow();
        nodes.forEach(ChaosNode::close);
        redis.close();
        s3.close();
        transcribe.close();
    }
}
