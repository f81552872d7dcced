package dev.steno.audience;

import dev.steno.transcript.SessionId;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What a token opens: one recording, or a room in which one follows another. Thread-safe. */
final class Link {
    private final String token;
    private final boolean room;
    private final Viewers viewers;
    private final Runnable wake;
    private Feed feed;
    private Optional<EndReason> closed = Optional.empty();
    private Optional<SessionId> session = Optional.empty();
    private Optional<String> key = Optional.empty();
    /** Another node made it, or goes on with its recording. */
    private volatile boolean foreign;

    private volatile long usedAt = System.nanoTime();
    private volatile long askedAt = usedAt;

    /** @param executor runs the deliveries */
    Link(String token, boolean room, Executor executor) {
        this.token = token;
        this.room = room;
        this.viewers = new Viewers(executor);
        this.wake = viewers::wake;
    }

    String token() {
        return token;
    }

    boolean isRoom() {
        return room;
    }

    Viewers viewers() {
        return viewers;
    }

    /** The recording that can be read, maybe an ended one; empty in a room in which there was none yet. */
    synchronized Optional<Feed> feed() {
        return Optional.ofNullable(feed);
    }

    /** Whose recording it showed last. */
    synchronized Optional<SessionId> session() {
        return session;
    }

    /** Of the stored transcript of that recording. */
    synchronized Optional<String> key() {
        return key;
    }

    synchronized void of(SessionId shown, Optional<String> stored) {
        session = Optional.of(shown);
        key = stored;
    }

    boolean isForeign() {
        return foreign;
    }

    /** Another node sees to it from now on. */
    void leave() {
        foreign = true;
    }

    /** This node sees to it from now on. */
    void own() {
        foreign = false;
    }

    /** When somebody opened it here last, as {@link System#nanoTime}. */
    long usedAt() {
        return usedAt;
    }

    void usedAt(long now) {
        usedAt = now;
    }

    /** When the other nodes were asked about it last. */
    long askedAt() {
        return askedAt;
    }

    void askedAt(long now) {
        askedAt = now;
    }

    /** @param recording its name for viewers */
    synchronized boolean shows(String recording) {
        return feed != null && feed.recording().equals(recording);
    }

    /** Why the link is dead; empty while it is not. */
    synchronized Optional<EndReason> closed() {
        return closed;
    }

    /** Shows a recording from now on, in a room instead of the one before. A dead room lives again. */
    void show(Feed newer) {
        synchronized (this) {
            if (feed != null) {
                feed.unfollow(wake);
            }
            feed = newer;
            closed = Optional.empty();
            newer.follow(wake);
        }
        viewers.wake();
    }

    void close(EndReason reason) {
        synchronized (this) {
            closed = Optional.of(reason);
            if (feed != null) {
                feed.unfollow(wake);
            }
            feed = null;
        }
        viewers.wake();
    }

    @Override
    public String toString() {
        return "Link[]"; // the token must not reach a log
    }
}
