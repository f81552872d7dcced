package dev.steno.cluster.redis;

import dev.steno.recognition.StreamPlaces;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Counts the streams of all nodes in the store, by leases that end with their node. Thread-safe. */
final class RedisStreamPlaces implements StreamPlaces {
    /** Amazon itself lets go of a stream without audio after 15 s; a dead node's places must come back within 30 s. */
    private static final Duration LEASE = Duration.ofSeconds(20);

    /** By this node's own clock its leases end before the others may count them as free. */
    private static final long OWN_LEASE_NANOS = LEASE.minusSeconds(3).toNanos();

    private static final System.Logger LOG = System.getLogger(RedisStreamPlaces.class.getName());

    private final RedisStore store;
    private final RedisKeys keys;
    private final RedisHeart heart;
    private final LongSupplier nanoTime;
    /** The oldest first. */
    private final Map<String, Held> held = new LinkedHashMap<>();

    private int limit;
    private long renewedAt;

    RedisStreamPlaces(RedisStore store, RedisKeys keys, RedisHeart heart) {
        this(store, keys, heart, System::nanoTime);
    }

    RedisStreamPlaces(RedisStore store, RedisKeys keys, RedisHeart heart, LongSupplier nanoTime) {
        this.store = store;
        this.keys = keys;
        this.heart = heart;
        this.nanoTime = nanoTime;
        renewedAt = nanoTime.getAsLong();
        heart.onBeat(this::renew);
        heart.onReturn(this::renewHeld); // the others must not count places that were taken meanwhile as free
    }

    @Override
    public CompletionStage<Optional<Place>> acquire(int most) {
        String lease = UUID.randomUUID().toString();
        long askedAt = nanoTime.getAsLong();
        if (heart.isAway()) {
            return CompletableFuture.completedStage(take(lease, most, Optional.empty(), askedAt));
        }
        return store.run(
                        RedisScript.ACQUIRE_LEASE,
                        List.of(keys.streams()),
                        List.of(lease, Integer.toString(most), Long.toString(LEASE.toMillis())))
                .handle((answer, fault) -> take(
                        lease,
                        most,
                        fault == null ? Optional.of(answer.get(0).equals(1L)) : Optional.empty(),
                        askedAt));
    }

    /** @param granted empty if the store is away: then all nodes together must not take more than there is */
    private synchronized Optional<Place> take(String lease, int most, Optional<Boolean> granted, long askedAt) {
        limit = most;
        if (granted.isPresent()) {
            renewedAt = held.isEmpty() ? askedAt : renewedAt;
        }
        if (!granted.orElseGet(() -> held.size() < share())) {
            return Optional.empty();
        }
        Held place = new Held(lease);
        held.put(lease, place);
        return Optional.of(place);
    }

    private int share() {
        return limit / heart.nodes();
    }

    /** In one order with renewals: a lease that was released must not be renewed afterwards. */
    private synchronized void release(String lease) {
        if (held.remove(lease) != null) {
            store.run(RedisScript.RELEASE_LEASE, List.of(keys.streams()), List.of(lease));
        }
    }

    private void renew() {
        List<Held> lost = lost();
        if (!lost.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "The cluster''s store has not answered for {0} s. {1} streams to Amazon beyond this node''s share of"
                            + " TRANSCRIBE_STREAM_LIMIT are ended, because other nodes may use their places.",
                    Duration.ofNanos(OWN_LEASE_NANOS).toSeconds(),
                    lost.size());
            lost.forEach(Held::lose);
        }
        renewHeld();
    }

    /** Beyond the share of this node, the newest first. */
    private synchronized List<Held> lost() {
        if (nanoTime.getAsLong() - renewedAt < OWN_LEASE_NANOS || held.size() <= share()) {
            return List.of();
        }
        List<Held> places = List.copyOf(held.values());
        return places.subList(share(), places.size());
    }

    private synchronized void renewHeld() {
        List<String> arguments = new ArrayList<>(held.keySet());
        if (!arguments.isEmpty()) {
            long askedAt = nanoTime.getAsLong();
            arguments.add(0, Long.toString(LEASE.toMillis()));
            store.run(RedisScript.RENEW_LEASES, List.of(keys.streams()), arguments)
                    .thenAccept(done -> renewed(askedAt))
                    .exceptionally(fault -> null); // the heart says that the store is away
        }
    }

    private synchronized void renewed(long askedAt) {
        renewedAt = Math.max(renewedAt, askedAt);
    }

    private final class Held implements Place {
        private final String lease;
        private Runnable act = () -> {};

        private Held(String lease) {
            this.lease = lease;
        }

        @Override
        public void release() {
            RedisStreamPlaces.this.release(lease);
        }

        @Override
        public boolean isSure() {
            return heart.isSure();
        }

        @Override
        public synchronized void onLost(Runnable wanted) {
            act = wanted;
        }

        /** Whoever holds it ends its stream, which releases the place. */
        private void lose() {
            Runnable end;
            synchronized (this) {
                end = act;
            }
            release();
            end.run();
        }
    }
}
