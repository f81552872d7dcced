package dev.steno.cluster.redis;

import dev.steno.cluster.ClusterSettings;
import dev.steno.cluster.ClusterStatus;
import java.util.concurrent.ScheduledExecutorService;

/** Everything that a node of a cluster has of the store: one connection, one heart, and what beats with it. */
final class RedisParts implements ClusterStatus, AutoCloseable {
    private final ClusterSettings settings;
    private final RedisStore store;
    private final RedisHeart heart;
    private final RedisStreamPlaces places;
    private final RedisSharedUsage usage;
    private final RedisRecordings recordings;

    RedisParts(ClusterSettings settings) {
        this.settings = settings;
        store = new RedisStore(settings);
        RedisKeys keys = new RedisKeys(settings.name());
        heart = new RedisHeart(store, keys, settings);
        places = new RedisStreamPlaces(store, keys, heart);
        usage = new RedisSharedUsage(store, keys, heart);
        recordings = new RedisRecordings(store, keys, settings);
    }

    void start(ScheduledExecutorService timer) {
        heart.start(timer);
    }

    RedisHeart heart() {
        return heart;
    }

    RedisStreamPlaces places() {
        return places;
    }

    RedisSharedUsage usage() {
        return usage;
    }

    RedisRecordings recordings() {
        return recordings;
    }

    @Override
    public boolean clustered() {
        return true;
    }

    @Override
    public String node() {
        return settings.node();
    }

    @Override
    public int nodes() {
        return heart.nodes();
    }

    @Override
    public boolean storeAnswers() {
        return heart.answers();
    }

    @Override
    public String store() {
        return settings.store();
    }

    @Override
    public void close() {
        heart.stop();
        store.close();
    }
}
