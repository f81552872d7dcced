package dev.steno.cluster.redis;

import dev.steno.caller.Caller;
import dev.steno.cluster.ClusterSettings;
import dev.steno.quota.SharedUsage;
import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Counts what callers have on all nodes, in the store, by leases that end with their node. Thread-safe. */
final class RedisSharedUsage implements SharedUsage {
    private static final Duration LEASE = Duration.ofSeconds(20);

    private final RedisStore store;
    private final RedisKeys keys;
    private final RedisHeart heart;
    private final ClusterSettings settings;
    /** Recordings of this node, and where each is counted. */
    private final Map<SessionId, String> counted = new ConcurrentHashMap<>();

    RedisSharedUsage(RedisStore store, RedisKeys keys, RedisHeart heart, ClusterSettings settings) {
        this.store = store;
        this.keys = keys;
        this.heart = heart;
        this.settings = settings;
        heart.onBeat(this::renew);
    }

    @Override
    public CompletionStage<Answer> begin(Caller caller, SessionId recording, int recordings, int startsPerMinute) {
        String key = keys.callerRecordings(caller);
        CompletionStage<Answer> asked = heart.isAway()
                ? CompletableFuture.completedStage(alone())
                : store.run(
                                RedisScript.BEGIN_RECORDING,
                                List.of(key, keys.callerStarts(caller)),
                                List.of(
                                        recording.toString(),
                                        Integer.toString(recordings),
                                        Integer.toString(startsPerMinute),
                                        Long.toString(LEASE.toMillis())))
                        .handle((answer, fault) -> fault == null ? answer(answer) : alone());
        return asked.thenApply(given -> {
            if (given instanceof Answer.Granted || given instanceof Answer.Alone) {
                counted.put(recording, key);
            }
            return given;
        });
    }

    private Answer alone() {
        return new Answer.Alone(heart.nodes());
    }

    private static Answer answer(List<Object> answer) {
        return switch (((Long) answer.get(0)).intValue()) {
            case 0 -> new Answer.Granted();
            case 1 -> new Answer.TooMany((Long) answer.get(1));
            default -> new Answer.TooOften(Duration.ofMillis((Long) answer.get(1)));
        };
    }

    @Override
    public void resume(Caller caller, SessionId recording) {
        counted.put(recording, keys.callerRecordings(caller)); // the next beat tells the store
    }

    /** In one order with renewals: what has ended must not be renewed afterwards. */
    @Override
    public synchronized void end(Caller caller, SessionId recording) {
        String key = counted.remove(recording);
        if (key != null) {
            store.run(RedisScript.RELEASE_LEASE, List.of(key), List.of(recording.toString()));
        }
    }

    @Override
    public CompletionStage<Long> countAudio(LocalDate day, long bytes) {
        return store.run(
                        RedisScript.COUNT_MINUTES,
                        List.of(keys.minutes(day)),
                        List.of(settings.node(), Long.toString(bytes)))
                .handle((total, fault) -> fault == null ? (Long) total.get(0) : -1L);
    }

    private synchronized void renew() {
        counted.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue,
                        Collectors.mapping(entry -> entry.getKey().toString(), Collectors.toList())))
                .forEach((key, recordings) -> {
                    recordings.add(0, Long.toString(LEASE.toMillis()));
                    store.run(RedisScript.RENEW_LEASES, List.of(key), recordings);
                });
    }
}
