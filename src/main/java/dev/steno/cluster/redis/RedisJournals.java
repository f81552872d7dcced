package dev.steno.cluster.redis;

import dev.steno.archive.SharedJournal;
import dev.steno.archive.SharedJournals;
import dev.steno.cluster.redis.RedisRecordings.Claim;
import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The journals of all nodes. Renews what this node owns with each beat, and hears there what it lost. Thread-safe. */
final class RedisJournals implements SharedJournals {
    /** After the store was away its leases are old: owners renew them within a second, and must have had the time. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    /** Tokens are written again each minute: they expire like everything, and a client may keep one for hours. */
    private static final int BEATS_PER_MINUTE = 120;

    /** Ends that are told again: of a node with 100 recordings of five minutes, those of the last 50 minutes. */
    private static final int MOST_ENDS = 1_000;

    private static final String ARCHIVED = "archived";

    private final RedisRecordings recordings;
    private final RedisHeart heart;
    private final Executor disk;
    private final Map<SessionId, RedisJournal> own = new ConcurrentHashMap<>();
    /** Recordings that are over, with their epochs, until the store has heard it. */
    private final Map<SessionId, Long> ended = new ConcurrentHashMap<>();
    /** Those that it has heard of, the newest last: it is told again if it lost its memory. */
    private final Map<SessionId, Long> endsTold = new LinkedHashMap<>();

    private int beats;

    /** @param disk for reading journals, which blocks */
    RedisJournals(RedisRecordings recordings, RedisHeart heart, Executor disk) {
        this.recordings = recordings;
        this.heart = heart;
        this.disk = disk;
        heart.onBeat(this::renew);
        heart.onReturn(this::tellEndsAgain);
    }

    RedisRecordings recordings() {
        return recordings;
    }

    Executor disk() {
        return disk;
    }

    boolean answers() {
        return heart.answers();
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public SharedJournal open(SessionId recording, String identity) {
        return owned(new RedisJournal(this, recording, identity, RedisJournal.FIRST_EPOCH, 0), recording);
    }

    @Override
    public SharedJournal reopen(SessionId recording, String identity) {
        return owned(RedisJournal.unclaimed(this, recording, identity), recording);
    }

    private RedisJournal owned(RedisJournal journal, SessionId recording) {
        own.put(recording, journal);
        return journal;
    }

    @Override
    public CompletionStage<Optional<TakenJournal>> take(String tokenHash, String identity) {
        return recordings
                .find(tokenHash, identity)
                .thenCompose(found -> found.map(recording -> recordings
                                .claim(recording, tokenHash, identity)
                                .thenApply(claim -> taken(recording, identity, claim)))
                        .orElseGet(() -> CompletableFuture.completedStage(Optional.empty())))
                .thenApply(taken -> {
                    taken.map(TakenJournal::journal).ifPresent(journal -> {
                        if (journal instanceof RedisJournal redis) {
                            redis.known(tokenHash);
                        }
                    });
                    return taken;
                })
                .exceptionally(fault -> Optional.empty());
    }

    private Optional<TakenJournal> taken(SessionId recording, String identity, Claim claim) {
        if (claim instanceof Claim.Owned mine) {
            RedisJournal journal = new RedisJournal(
                    this, recording, identity, mine.epoch(), mine.lines().size());
            return Optional.of(new TakenJournal(recording, mine.lines(), owned(journal, recording)));
        } else if (claim instanceof Claim.Ended over) {
            return Optional.of(new TakenJournal(recording, over.lines(), SharedJournal.NONE));
        }
        return Optional.empty();
    }

    @Override
    public CompletionStage<List<TakenJournal>> takeOrphans(Duration silence) {
        if (!heart.answersFor(SETTLED)) {
            return CompletableFuture.completedStage(List.of());
        }
        return recordings
                .orphans(silence)
                .thenCompose(found -> all(found.stream()
                        .map(recording -> recordings
                                .claimOrphan(recording, silence)
                                .thenApply(claim -> taken(recording, "", claim))
                                .toCompletableFuture())
                        .toList()))
                .exceptionally(fault -> List.of());
    }

    private static CompletionStage<List<TakenJournal>> all(List<CompletableFuture<Optional<TakenJournal>>> claims) {
        return CompletableFuture.allOf(claims.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> {
                    List<TakenJournal> taken = new ArrayList<>();
                    claims.forEach(claim -> claim.join().ifPresent(taken::add));
                    return taken;
                });
    }

    @Override
    public CompletionStage<Whereabouts> whereabouts(SessionId recording, List<String> lines) {
        return recordings
                .length(recording)
                .thenCompose(length -> {
                    if (length < 0) {
                        return CompletableFuture.completedStage(
                                heart.answersFor(SETTLED) ? Whereabouts.NOWHERE : Whereabouts.NOT_KNOWN);
                    }
                    return length >= lines.size()
                            ? CompletableFuture.completedStage(Whereabouts.ELSEWHERE)
                            : complete(recording, lines);
                })
                .exceptionally(fault -> Whereabouts.NOT_KNOWN);
    }

    /** The store was away when its node died: the rest of the journal is on the disk alone. */
    private CompletionStage<Whereabouts> complete(SessionId recording, List<String> lines) {
        return recordings.claim(recording).thenCompose(claim -> {
            if (!(claim instanceof Claim.Owned mine)) {
                return CompletableFuture.completedStage(
                        claim instanceof Claim.Ended ? Whereabouts.ELSEWHERE : Whereabouts.NOT_KNOWN);
            }
            int first = Math.min(mine.lines().size(), lines.size());
            return recordings
                    .append(recording, mine.epoch(), first, lines.subList(first, lines.size()))
                    .thenApply(appended -> appended instanceof RedisRecordings.Appended.Written
                            ? Whereabouts.ELSEWHERE
                            : Whereabouts.NOT_KNOWN);
        });
    }

    /** Empty if this node does not own the recording. */
    OptionalLong epoch(SessionId recording) {
        RedisJournal journal = own.get(recording);
        return journal == null ? OptionalLong.empty() : OptionalLong.of(journal.epoch());
    }

    void forget(SessionId recording, RedisJournal journal) {
        own.remove(recording, journal);
    }

    /**
     * The recording is over. While the store is away it is told with the next beats: it would give the recording to
     * another node, which would archive it again.
     */
    void end(SessionId recording, long epoch) {
        ended.put(recording, epoch);
        tellEnd(recording, epoch);
    }

    private void tellEnd(SessionId recording, long epoch) {
        CompletionStage<Boolean> told = epoch == RedisJournal.UNCLAIMED
                ? endUnclaimed(recording)
                : recordings.end(recording, epoch, ARCHIVED).thenApply(done -> true);
        told.thenAccept(done -> {
                    if (done) {
                        onEndTold(recording, epoch);
                    }
                })
                .exceptionally(fault -> null);
    }

    /**
     * One that went on from this node's disk and was over before the store answered. Its owner of before is gone, or
     * another node has it: then it is not over there.
     *
     * @return whether there is nothing more to tell
     */
    private CompletionStage<Boolean> endUnclaimed(SessionId recording) {
        return recordings.length(recording).thenCompose(length -> {
            if (length < 0 || length == Long.MAX_VALUE) {
                return CompletableFuture.completedStage(true);
            }
            return recordings
                    .claimOrphan(recording, Duration.ZERO)
                    .thenCompose(claim -> claim instanceof Claim.Owned mine
                            ? recordings.end(recording, mine.epoch(), ARCHIVED)
                            : CompletableFuture.completedStage(false));
        });
    }

    private void onEndTold(SessionId recording, long epoch) {
        ended.remove(recording, epoch);
        synchronized (endsTold) {
            endsTold.put(recording, epoch);
            if (endsTold.size() > MOST_ENDS) {
                endsTold.remove(endsTold.keySet().iterator().next());
            }
        }
    }

    /**
     * Or a node that was dead at the end, and finds an old journal of the recording on its disk, would archive that.
     * The next beat tells.
     */
    private void tellEndsAgain() {
        synchronized (endsTold) {
            ended.putAll(endsTold);
            endsTold.clear();
        }
    }

    void remember(String tokenHash, SessionId recording, String identity) {
        recordings.remember(tokenHash, recording, identity).exceptionally(fault -> null);
    }

    void forgetToken(String tokenHash) {
        recordings.forget(tokenHash).exceptionally(fault -> null);
    }

    private void renew() {
        if (heart.answers()) { // a store that was full may have room by now
            own.values().forEach(each -> each.restore(false));
            ended.forEach(this::tellEnd);
            if (++beats % BEATS_PER_MINUTE == 0) {
                own.values().forEach(RedisJournal::rememberTokens);
            }
        }
        Map<SessionId, Long> epochs = new HashMap<>();
        own.forEach((recording, journal) -> {
            if (journal.isClaimed()) {
                epochs.put(recording, journal.epoch());
            }
        });
        if (!epochs.isEmpty()) {
            recordings
                    .renew(epochs)
                    .thenAccept(losses -> losses.forEach((recording, loss) -> onLoss(own.get(recording), epochs, loss)))
                    .exceptionally(fault -> null);
        }
    }

    private void onLoss(RedisJournal journal, Map<SessionId, Long> asked, RedisRecordings.Loss loss) {
        if (journal == null || !asked.containsValue(journal.epoch())) {
            return; // ended, or taken back in the meantime
        }
        switch (loss) {
            case PASSED -> journal.passed();
            case UNKNOWN -> {
                journal.restore(true);
                tellEndsAgain();
            }
        }
    }
}
