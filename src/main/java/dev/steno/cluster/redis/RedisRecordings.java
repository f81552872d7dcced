package dev.steno.cluster.redis;

import dev.steno.cluster.ClusterSettings;
import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The journals of all nodes' recordings, and who owns each. An owner is known by its epoch: a claim raises it, and what
 * an owner with an older epoch writes is refused in the same step. Thread-safe; stages fail with StoreAwayException
 * only.
 */
final class RedisRecordings {
    /** An owner renews twice a second; one that is silent for so long is gone, or cut off. */
    private static final Duration LEASE = Duration.ofSeconds(3);

    /** Everything in the store expires; live recordings are renewed. */
    private static final Duration KEPT = Duration.ofMinutes(50);

    private final RedisStore store;
    private final RedisKeys keys;
    private final ClusterSettings settings;

    RedisRecordings(RedisStore store, RedisKeys keys, ClusterSettings settings) {
        this.store = store;
        this.keys = keys;
        this.settings = settings;
    }

    /** What became of a write. */
    sealed interface Appended {
        /** @param lines that are there now */
        record Written(long lines) implements Appended {}

        /**
         * The store lacks lines before these: it lost its memory, or was away.
         *
         * @param lines that it has
         */
        record Missing(long lines) implements Appended {}

        /** Another node owns the recording, or it has ended. */
        record Passed() implements Appended {}
    }

    /** What a claim found. */
    sealed interface Claim {
        record Unknown() implements Claim {}

        /** The recording belongs to this node from now on. */
        record Owned(long epoch, List<String> lines) implements Claim {}

        /** @param how as it was given to {@link #end} */
        record Ended(String how, List<String> lines) implements Claim {}
    }

    /** Why a renewal was refused. */
    enum Loss {
        /** Another node owns the recording. */
        PASSED,
        /** The store knows nothing of it: what the journal holds is to be written again. */
        UNKNOWN
    }

    /**
     * Writes lines of a journal. The first write makes the recording. Writing the same lines again is the same as once.
     *
     * @param first number of the first of these lines, from 0
     */
    CompletionStage<Appended> append(SessionId recording, long epoch, long first, List<String> lines) {
        List<String> arguments = new ArrayList<>(List.of(
                recording.toString(),
                Long.toString(epoch),
                settings.node(),
                Long.toString(first),
                millis(LEASE),
                millis(KEPT)));
        arguments.addAll(lines);
        return store.run(RedisScript.APPEND, recordingKeys(recording), arguments)
                .thenApply(answer -> switch (((Long) answer.get(0)).intValue()) {
                    case 1 -> new Appended.Written((Long) answer.get(1));
                    case 0 -> new Appended.Missing((Long) answer.get(1));
                    default -> new Appended.Passed();
                });
    }

    /** Makes this node the owner, in place of any other. */
    CompletionStage<Claim> claim(SessionId recording) {
        return claim(RedisScript.CLAIM, recordingKeys(recording), recording);
    }

    /** The same for a client, if its token still opens the recording. */
    CompletionStage<Claim> claim(SessionId recording, String tokenHash, String identity) {
        List<String> names = new ArrayList<>(recordingKeys(recording));
        names.add(keys.token(tokenHash));
        return claim(RedisScript.CLAIM, names, recording, opened(recording, identity));
    }

    /** Makes this node the owner if there has been none for this long. Of several nodes that try one succeeds. */
    CompletionStage<Claim> claimOrphan(SessionId recording, Duration silence) {
        return claim(RedisScript.CLAIM_ORPHAN, recordingKeys(recording), recording, millis(silence));
    }

    private CompletionStage<Claim> claim(RedisScript script, List<String> names, SessionId recording, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of(recording.toString(), settings.node(), millis(LEASE), millis(KEPT)));
        arguments.addAll(List.of(more));
        return store.run(script, names, arguments).thenApply(RedisRecordings::claim);
    }

    @SuppressWarnings("unchecked")
    private static Claim claim(List<Object> answer) {
        return switch (((Long) answer.get(0)).intValue()) {
            case 1 -> new Claim.Owned((Long) answer.get(1), (List<String>) answer.get(2));
            case 2 -> new Claim.Ended((String) answer.get(1), (List<String>) answer.get(2));
            default -> new Claim.Unknown();
        };
    }

    /**
     * Renews the leases of this node's recordings.
     *
     * @param epochs of each
     * @return those that are not its own any more
     */
    CompletionStage<Map<SessionId, Loss>> renew(Map<SessionId, Long> epochs) {
        List<String> names = new ArrayList<>(List.of(keys.recordings()));
        List<String> arguments = new ArrayList<>(List.of(millis(LEASE), millis(KEPT)));
        epochs.keySet().forEach(each -> names.add(keys.facts(each)));
        epochs.keySet().forEach(each -> names.add(keys.journal(each)));
        epochs.forEach((recording, epoch) -> {
            arguments.add(recording.toString());
            arguments.add(epoch.toString());
        });
        return store.run(RedisScript.RENEW_RECORDINGS, names, arguments).thenApply(RedisRecordings::losses);
    }

    private static Map<SessionId, Loss> losses(List<Object> answer) {
        Map<SessionId, Loss> losses = new HashMap<>();
        for (int i = 0; i + 1 < answer.size(); i += 2) {
            losses.put(
                    SessionId.parse((String) answer.get(i)),
                    "passed".equals(answer.get(i + 1)) ? Loss.PASSED : Loss.UNKNOWN);
        }
        return losses;
    }

    /** Recordings whose owner has been silent for this long, oldest first. */
    CompletionStage<List<SessionId>> orphans(Duration silence) {
        return store.run(RedisScript.ORPHANS, List.of(keys.recordings()), List.of(millis(silence)))
                .thenApply(found -> found.stream()
                        .map(each -> SessionId.parse((String) each))
                        .toList());
    }

    /** @param how for {@link Claim.Ended}: what is told to a client that comes for the end of it */
    CompletionStage<Boolean> end(SessionId recording, long epoch, String how) {
        return store.run(
                        RedisScript.END,
                        recordingKeys(recording),
                        List.of(recording.toString(), Long.toString(epoch), how, millis(KEPT)))
                .thenApply(answer -> answer.get(0).equals(1L));
    }

    /** A resume token leads to a recording until it is forgotten, at most as long as the recording is kept. */
    CompletionStage<Void> remember(String tokenHash, SessionId recording, String identity) {
        String value = opened(recording, identity);
        return store.ask(commands -> commands.psetex(keys.token(tokenHash), KEPT.toMillis(), value))
                .thenAccept(done -> {});
    }

    private static String opened(SessionId recording, String identity) {
        return recording + " " + RedisKeys.hash(identity);
    }

    CompletionStage<Void> forget(String tokenHash) {
        return store.ask(commands -> commands.del(keys.token(tokenHash))).thenAccept(done -> {});
    }

    /** @return empty if there is none, or if the recording belongs to another identity */
    CompletionStage<Optional<SessionId>> find(String tokenHash, String identity) {
        String suffix = " " + RedisKeys.hash(identity);
        return store.ask(commands -> commands.get(keys.token(tokenHash))).thenApply(found -> Optional.ofNullable(found)
                .filter(value -> value.endsWith(suffix))
                .map(value -> SessionId.parse(value.substring(0, value.length() - suffix.length()))));
    }

    /**
     * How many lines the store has of a recording: very many if it has ended, negative if there is no such recording.
     */
    CompletionStage<Long> length(SessionId recording) {
        return store.ask(commands -> commands.hget(keys.facts(recording), "ended"))
                .thenCompose(ended -> ended != null
                        ? CompletableFuture.completedStage(Long.MAX_VALUE)
                        : store.ask(commands -> commands.llen(keys.journal(recording)))
                                .thenApply(length -> length == 0 ? -1 : length));
    }

    private List<String> recordingKeys(SessionId recording) {
        return List.of(keys.facts(recording), keys.journal(recording), keys.recordings());
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
