package dev.steno.cluster.redis;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.steno.cluster.ClusterSettings;
import dev.steno.configuration.Settings;
import dev.steno.testing.RedisProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real Redis, and nodes of one cluster at it. Each test has a cluster of its own. */
class RedisFixture {
    private static int clusters;

    static RedisProcess redis;

    private final List<Node> nodes = new ArrayList<>();
    private String cluster;

    /** One node's side. */
    record Node(ClusterSettings settings, RedisStore store, RedisKeys keys, RedisHeart heart) {
        RedisSharedUsage usage() {
            return new RedisSharedUsage(store, keys, heart, settings);
        }
    }

    @BeforeAll
    static void startRedis(@TempDir Path folder) {
        redis = RedisProcess.start(folder);
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void begin() {
        clusters++;
        cluster = "test-" + clusters;
    }

    @AfterEach
    void end() {
        nodes.forEach(node -> node.store().close());
    }

    Node node() {
        return node(redis.url());
    }

    Node node(String url) {
        Map<String, String> values = Map.of("CLUSTER_URL", url, "CLUSTER_NAME", cluster);
        ClusterSettings settings = new ClusterSettings(new Settings(key -> Optional.ofNullable(values.get(key))));
        RedisStore store = new RedisStore(settings);
        RedisKeys keys = new RedisKeys(settings.name());
        Node node = new Node(settings, store, keys, new RedisHeart(store, keys, settings));
        nodes.add(node);
        return node;
    }

    static <T> T get(CompletionStage<T> stage) throws InterruptedException, ExecutionException, TimeoutException {
        return stage.toCompletableFuture().get(10, SECONDS);
    }
}
