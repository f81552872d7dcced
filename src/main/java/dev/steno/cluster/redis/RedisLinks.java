package dev.steno.cluster.redis;

import dev.steno.audience.LinkStore;
import dev.steno.cluster.StoreAwayException;
import dev.steno.cluster.redis.RedisFeeds.Access;
import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Links that all nodes find. Their tokens are hashed in names of keys, because those show up in logs of the store. */
final class RedisLinks implements LinkStore {
    /** For so long a dead link is told from one that never was. */
    private static final Duration DEAD = Duration.ofDays(7);

    private final Access access;
    private final Duration kept;

    /** @param linger how long a link lives after the end of its recording */
    RedisLinks(Access access, Duration linger) {
        this.access = access;
        this.kept = linger.plus(DEAD);
    }

    @Override
    public void save(Entry entry) {
        String hash = RedisKeys.hash(entry.token());
        long age = Math.max(0, System.currentTimeMillis() - entry.changedAt());
        access.store()
                .run(
                        RedisScript.SAVE_LINK,
                        List.of(access.keys().link(hash), access.keys().linksOf(entry.session())),
                        List.of(
                                entry.token(),
                                hash,
                                entry.room() ? "1" : "0",
                                entry.session().toString(),
                                entry.state().name(),
                                Long.toString(age),
                                entry.key().orElse(""),
                                Long.toString(kept.toMillis()),
                                access.keys().linkChanges()))
                .exceptionally(fault -> null); // links of running recordings are saved again and again
    }

    @Override
    public CompletionStage<Optional<Entry>> find(String token) {
        if (access.heart().isAway()) { // a request waits for the answer
            return CompletableFuture.failedStage(new StoreAwayException("The cluster's store does not answer.", null));
        }
        return byHash(RedisKeys.hash(token));
    }

    private CompletionStage<Optional<Entry>> byHash(String hash) {
        return access.store()
                .run(RedisScript.FIND_LINK, List.of(access.keys().link(hash)), List.of())
                .thenApply(found -> found.isEmpty() ? Optional.empty() : Optional.of(entry(found)));
    }

    private static Entry entry(List<Object> found) {
        return new Entry(
                (String) found.get(1),
                "1".equals(found.get(2)),
                SessionId.parse((String) found.get(3)),
                State.valueOf((String) found.get(4)),
                System.currentTimeMillis() - (Long) found.get(0),
                Optional.of((String) found.get(5)).filter(key -> !key.isEmpty()));
    }

    @Override
    public CompletionStage<List<Entry>> showing(SessionId session) {
        return access.store()
                .ask(commands -> commands.smembers(access.keys().linksOf(session)))
                .thenCompose(hashes -> {
                    List<CompletableFuture<Optional<Entry>>> found = hashes.stream()
                            .map(hash -> byHash(hash).toCompletableFuture())
                            .toList();
                    return CompletableFuture.allOf(found.toArray(CompletableFuture<?>[]::new))
                            .thenApply(all -> found.stream()
                                    .flatMap(each -> each.join().stream())
                                    .toList());
                });
    }
}
