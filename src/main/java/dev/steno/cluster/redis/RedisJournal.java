package dev.steno.cluster.redis;

import dev.steno.archive.PassedException;
import dev.steno.archive.SharedJournal;
import dev.steno.cluster.redis.RedisRecordings.Appended;
import dev.steno.cluster.redis.RedisRecordings.Claim;
import dev.steno.transcript.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One recording's journal in the store. Writes go one after another; what the store lacks is written from disk. */
final class RedisJournal implements SharedJournal {
    static final long FIRST_EPOCH = 1;

    /** Of a recording that no epoch was claimed for yet. */
    static final long UNCLAIMED = 0;

    /** Lines in one command when the store lacks many: some 100 kB. */
    private static final int MOST_LINES = 200;

    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private final RedisJournals all;
    private final SessionId recording;
    private final String identity;
    private final Set<String> tokens = new HashSet<>();
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private Owner owner;
    private volatile long epoch;
    /** How many lines the store has, as far as this node knows. */
    private long written;

    private boolean lacking;
    private boolean away;
    private boolean over;

    /** @param written lines that the store has already */
    RedisJournal(RedisJournals all, SessionId recording, String identity, long epoch, long written) {
        this.all = all;
        this.recording = recording;
        this.identity = identity;
        this.epoch = epoch;
        this.written = written;
    }

    /** Of a recording that the store may know by another owner. What it lacks is on disk. */
    static RedisJournal unclaimed(RedisJournals all, SessionId recording, String identity) {
        RedisJournal journal = new RedisJournal(all, recording, identity, UNCLAIMED, 0);
        journal.lacking = true;
        return journal;
    }

    long epoch() {
        return epoch;
    }

    boolean isClaimed() {
        return epoch != UNCLAIMED;
    }

    @Override
    public synchronized void attach(Owner writer) {
        owner = writer;
    }

    @Override
    public synchronized CompletionStage<Void> append(List<String> lines) {
        last = last.exceptionally(fault -> null)
                .thenCompose(before -> write(lines))
                .toCompletableFuture();
        return last;
    }

    private CompletionStage<Void> write(List<String> lines) {
        long first;
        synchronized (this) {
            if (over) {
                return CompletableFuture.failedStage(new PassedException());
            }
            if (!all.answers()) {
                lacking = true;
                setAway(true);
                return DONE;
            }
            if (lacking) {
                return complete();
            }
            first = written;
        }
        return all.recordings()
                .append(recording, epoch, first, lines)
                .thenCompose(this::onAppended)
                .exceptionallyCompose(this::onFault);
    }

    private CompletionStage<Void> onAppended(Appended appended) {
        if (appended instanceof Appended.Passed) {
            passed();
            return CompletableFuture.failedStage(new PassedException());
        }
        synchronized (this) {
            if (appended instanceof Appended.Written done) {
                onWritten(done.lines());
                return DONE;
            }
            if (lacking) {
                return DONE; // it lost its memory once more: the next write tries again
            }
            lacking = true;
        }
        return complete();
    }

    /** A store that lacked lines has forgotten the tokens as well. */
    private void onWritten(long lines) {
        written = lines;
        setAway(false);
        if (lacking) {
            lacking = false;
            rememberTokens();
        }
    }

    /** Before they expire, or after the store forgot them. */
    synchronized void rememberTokens() {
        tokens.forEach(token -> all.remember(token, recording, identity));
    }

    private CompletionStage<Void> onFault(Throwable fault) {
        if (RedisStore.cause(fault) instanceof PassedException) {
            return CompletableFuture.failedStage(RedisStore.cause(fault));
        }
        synchronized (this) {
            lacking = true;
            setAway(true);
        }
        return DONE;
    }

    /** Makes this node the owner, if the store has nothing but the beginning of what is on disk. */
    private CompletionStage<Void> claim() {
        return CompletableFuture.supplyAsync(this::lines, all.disk())
                .thenCompose(lines -> all.recordings().claim(recording).thenCompose(claim -> onClaim(claim, lines)))
                .exceptionallyCompose(this::onFault);
    }

    private CompletionStage<Void> onClaim(Claim claim, List<String> lines) {
        if (claim instanceof Claim.Owned mine && isBeginning(mine.lines(), lines)) {
            epoch = mine.epoch();
        } else if (claim instanceof Claim.Unknown) {
            epoch = FIRST_EPOCH;
        } else { // another node has gone on with it, or ended it
            passed();
            return CompletableFuture.failedStage(new PassedException());
        }
        return complete();
    }

    private static boolean isBeginning(List<String> some, List<String> all) {
        return some.size() <= all.size() && all.subList(0, some.size()).equals(some);
    }

    /** Asks the store what it has, and writes the rest from disk. */
    private CompletionStage<Void> complete() {
        if (!isClaimed()) {
            return claim();
        }
        return all.recordings()
                .append(recording, epoch, Long.MAX_VALUE / 2, List.of())
                .thenCompose(asked -> asked instanceof Appended.Missing has
                        ? CompletableFuture.supplyAsync(this::lines, all.disk())
                                .thenCompose(lines -> writeFrom(lines, has.lines()))
                        : CompletableFuture.completedStage(asked))
                .thenCompose(this::onAppended)
                .exceptionallyCompose(this::onFault);
    }

    private CompletionStage<Appended> writeFrom(List<String> lines, long from) {
        int first = (int) Math.min(from, lines.size());
        int end = Math.min(first + MOST_LINES, lines.size());
        return all.recordings()
                .append(recording, epoch, first, lines.subList(first, end))
                .thenCompose(appended -> appended instanceof Appended.Written && end < lines.size()
                        ? writeFrom(lines, end)
                        : CompletableFuture.completedStage(appended));
    }

    private List<String> lines() {
        try {
            return owner.lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the store what it lacks, unless that is under way. */
    void restore(boolean forgotten) {
        boolean needed;
        synchronized (this) {
            lacking |= forgotten;
            needed = lacking && !over && last.isDone();
        }
        if (needed) {
            append(List.of()).exceptionally(fault -> null);
        }
    }

    /** Another node owns the recording. */
    void passed() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        all.forget(recording, this);
        if (owner != null) {
            owner.onPassed();
        }
    }

    @Override
    public synchronized void tokens(List<String> hashes) {
        Set<String> now = new HashSet<>(hashes);
        tokens.stream().filter(token -> !now.contains(token)).forEach(all::forgetToken);
        now.stream()
                .filter(token -> !tokens.contains(token))
                .forEach(token -> all.remember(token, recording, identity));
        tokens.clear();
        tokens.addAll(now);
    }

    /** Tokens that the store has already. */
    synchronized void known(String tokenHash) {
        tokens.add(tokenHash);
    }

    @Override
    public void end() {
        if (close()) {
            all.end(recording, epoch);
        }
    }

    @Override
    public void release() {
        close();
    }

    private boolean close() {
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
        }
        all.forget(recording, this);
        return true;
    }

    private void setAway(boolean now) {
        if (away != now && owner != null) {
            away = now;
            owner.onDurability(!now);
        }
    }
}
