package dev.steno.cluster.redis;

import dev.steno.recognition.StreamPlaces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the streams of all nodes in the store, by leases that end with their node. Thread-safe. */
final class RedisStreamPlaces implements StreamPlaces {
    /** Amazon itself lets go of a stream without audio after 15 s; a dead node's places must come back within 30 s. */
    private static final Duration LEASE = Duration.ofSeconds(20);

    private final RedisStore store;
    private final RedisKeys keys;
    private final RedisHeart heart;
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    RedisStreamPlaces(RedisStore store, RedisKeys keys, RedisHeart heart) {
        this.store = store;
        this.keys = keys;
        this.heart = heart;
        heart.onBeat(this::renew);
    }

    @Override
    public CompletionStage<Optional<Place>> acquire(int limit) {
        String lease = UUID.randomUUID().toString();
        return store.run(
                        RedisScript.ACQUIRE_LEASE,
                        List.of(keys.streams()),
                        List.of(lease, Integer.toString(limit), Long.toString(LEASE.toMillis())))
                .handle((answer, fault) -> {
                    boolean granted = fault == null ? answer.get(0).equals(1L) : held.size() < share(limit);
                    return granted ? Optional.of(held(lease)) : Optional.empty();
                });
    }

    /** While the store is away, all nodes together must not take more than there is. */
    private int share(int limit) {
        return limit / heart.nodes();
    }

    private Place held(String lease) {
        held.add(lease);
        return () -> release(lease);
    }

    /** In one order with renewals: a lease that was released must not be renewed afterwards. */
    private synchronized void release(String lease) {
        if (held.remove(lease)) {
            store.run(RedisScript.RELEASE_LEASE, List.of(keys.streams()), List.of(lease));
        }
    }

    private synchronized void renew() {
        List<String> arguments = new ArrayList<>(held);
        if (!arguments.isEmpty()) {
            arguments.add(0, Long.toString(LEASE.toMillis()));
            store.run(RedisScript.RENEW_LEASES, List.of(keys.streams()), arguments);
        }
    }
}
