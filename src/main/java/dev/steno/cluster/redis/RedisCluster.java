package dev.steno.cluster.redis;

import dev.steno.archive.SharedJournals;
import dev.steno.audience.SharedFeeds;
import dev.steno.cluster.ClusterSettings;
import dev.steno.cluster.ClusterStatus;
import dev.steno.quota.SharedUsage;
import dev.steno.recognition.StreamPlaces;
import dev.steno.threads.ContainerThreads;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * What a node shares with the others, or what a single node has in its place. No type of the Redis client stands in
 * this bean, because the container would load it.
 */
@ApplicationScoped
public class RedisCluster {
    private final ClusterSettings settings;
    private final Optional<RedisParts> parts;

    /** For the container's proxy only. */
    protected RedisCluster() {
        settings = null;
        parts = Optional.empty();
    }

    @Inject
    RedisCluster(ClusterSettings settings, ContainerThreads threads) {
        this.settings = settings;
        parts = settings.url().map(url -> new RedisParts(settings, threads.pool("cluster-journal", 1)));
        parts.ifPresent(each -> each.start(threads.timer("cluster", 1)));
    }

    @Produces
    StreamPlaces streamPlaces() {
        return parts.<StreamPlaces>map(RedisParts::places).orElse(StreamPlaces.UNSHARED);
    }

    @Produces
    SharedUsage sharedUsage() {
        return parts.<SharedUsage>map(RedisParts::usage).orElse(SharedUsage.UNSHARED);
    }

    @Produces
    SharedJournals sharedJournals() {
        return parts.<SharedJournals>map(RedisParts::journals).orElse(SharedJournals.NONE);
    }

    @Produces
    SharedFeeds sharedFeeds() {
        return parts.<SharedFeeds>map(RedisParts::feeds).orElse(SharedFeeds.NONE);
    }

    @Produces
    ClusterStatus status() {
        return parts.<ClusterStatus>map(each -> each).orElseGet(() -> new SingleNode(settings.node()));
    }

    /** May be called more than once, as some servers do. */
    @PreDestroy
    void close() {
        parts.ifPresent(RedisParts::close);
    }

    /** A node that shares with nobody. */
    private record SingleNode(String node) implements ClusterStatus {
        @Override
        public boolean clustered() {
            return false;
        }

        @Override
        public int nodes() {
            return 1;
        }

        @Override
        public boolean storeAnswers() {
            return true;
        }

        @Override
        public String store() {
            return "none";
        }
    }
}
