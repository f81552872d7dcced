package dev.steno.session.node;

import dev.steno.caller.Caller;
import dev.steno.session.attachment.ResumeTokens;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * The sessions of this node: those that run, and those that ended and to whose end a client may still return.
 * Thread-safe.
 */
final class SessionRegistry {
    /**
     * Ended sessions that are kept, so that their clients can come back for the end of it; a session ends about a
     * second.
     */
    private static final int ENDED = 1_000;

    private final TimeSource time;
    private final ResumeTokens tokens = new ResumeTokens();
    private final Map<SessionId, TranscriptionSession> running = new ConcurrentHashMap<>();
    /** The ended ones included. */
    private final Map<SessionId, TranscriptionSession> known = new ConcurrentHashMap<>();

    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private volatile boolean awaited;

    /** A session and the moment of its end, as {@link TimeSource#nanoTime}. */
    private record Ended(TranscriptionSession session, long at) {}

    SessionRegistry(TimeSource time) {
        this.time = time;
    }

    /** Which session a client may resume with which token. */
    ResumeTokens tokens() {
        return tokens;
    }

    void add(TranscriptionSession session) {
        running.put(session.owner().id(), session);
        known.put(session.owner().id(), session);
    }

    Optional<TranscriptionSession> find(String tokenHash) {
        return tokens.find(tokenHash).map(known::get);
    }

    void forEach(Consumer<TranscriptionSession> action) {
        running.values().forEach(action);
    }

    int count() {
        return running.size();
    }

    /** A session is over; it is told once. */
    void onEnded(TranscriptionSession session) {
        running.remove(session.owner().id(), session);
        ended.add(new Ended(session, time.nanoTime()));
        completeIfEmpty();
    }

    /** Lets go of ended sessions to whose end nobody returned in time. */
    void forgetEnded(Duration window) {
        long now = time.nanoTime();
        while (!ended.isEmpty() && (now - ended.peek().at() >= window.toNanos() || ended.size() > ENDED)) {
            TranscriptionSession session = ended.remove().session();
            session.forget();
            known.remove(session.owner().id(), session);
        }
    }

    /** Ends the caller's recording that has been without its client for longest. @return whether there was one */
    boolean endLost(Caller caller) {
        Optional<TranscriptionSession> longest = running.values().stream()
                .filter(session -> session.owner().countsFor(caller))
                .filter(session -> session.lostSince().isPresent())
                .min(Comparator.comparing(session -> session.lostSince().orElse(Long.MAX_VALUE)));
        longest.ifPresent(TranscriptionSession::makeRoom);
        return longest.isPresent();
    }

    /** @return completes when no session runs any more */
    CompletableFuture<Void> whenEmpty() {
        awaited = true;
        completeIfEmpty();
        return empty;
    }

    private void completeIfEmpty() {
        if (awaited && running.isEmpty()) {
            empty.complete(null);
        }
    }
}
