package dev.steno.cluster.redis;

import dev.steno.cluster.ClusterSettings;
import dev.steno.cluster.ClusterStatus;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** Everything that a node of a cluster has of the store: one connection, one heart, and what beats with it. */
final class RedisParts implements ClusterStatus, AutoCloseable {
    private final ClusterSettings settings;
    private final RedisStore store;
    private final RedisHeart heart;
    private final RedisStreamPlaces places;
    private final RedisSharedUsage usage;
    private final RedisJournals journals;
    private final RedisFeeds feeds;

    /** @param disk for reading journals, which blocks */
    RedisParts(ClusterSettings settings, Executor disk) {
        this.settings = settings;
        store = new RedisStore(settings);
        RedisKeys keys = new RedisKeys(settings.name());
        heart = new RedisHeart(store, keys, settings);
        places = new RedisStreamPlaces(store, keys, heart);
        usage = new RedisSharedUsage(store, keys, heart, settings);
        journals = new RedisJournals(new RedisRecordings(store, keys, settings), heart, disk);
        feeds = new RedisFeeds(new RedisFeeds.Access(settings.node(), store, keys, heart), journals, disk);
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

    RedisJournals journals() {
        return journals;
    }

    RedisFeeds feeds() {
        return feeds;
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
