package dev.steno.audience;

import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * All links that this node knows: those that open something, and those that once did. In a cluster also those of other
 * nodes that somebody uses here. Thread-safe.
 */
final class Links {
    /** Far more than a node records in a day; more would come from a program that shares without end. */
    private static final int MOST = 10_000;

    /** Of more dead links than these the ones that died first are answered as unknown. */
    private static final int DEAD = 10_000;

    /** What ended recordings may take in memory for those who read later: hundreds of hours of speech. */
    private static final long LINGERING_BYTES = 64L * 1024 * 1024;

    /** A dead link is remembered for so long over restarts. */
    private static final long DEAD_NANOS = 7L * 24 * 3_600 * 1_000_000_000;

    private final Tokens tokens;
    private final Executor executor;
    private final long lingerNanos;
    private final LinkStore store;
    private final Map<String, Link> open = new ConcurrentHashMap<>();
    private final Map<Link, Long> endedAt = new ConcurrentHashMap<>();
    private final Map<String, Boolean> dead = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            boolean tooMany = size() > DEAD;
            if (tooMany) {
                store.delete(eldest.getKey());
            }
            return tooMany;
        }
    };

    /** @param executor runs the deliveries to viewers */
    Links(Tokens tokens, Executor executor, long lingerNanos, LinkStore store) {
        this.tokens = tokens;
        this.executor = executor;
        this.lingerNanos = lingerNanos;
        this.store = store;
        store.load().forEach(this::restore);
    }

    /** Of a process that is gone. One whose recording was running waits for it to go on. */
    private void restore(LinkStore.Entry entry) {
        long now = System.nanoTime();
        long age = Math.max(0, System.currentTimeMillis() - entry.changedAt()) * 1_000_000;
        if (entry.state() == LinkStore.State.DEAD) {
            if (age > DEAD_NANOS) {
                store.delete(entry.token());
            } else {
                dead.put(entry.token(), true);
            }
            return;
        }
        Link link = new Link(entry.token(), entry.room(), executor);
        link.of(entry.session(), entry.key());
        open.put(entry.token(), link);
        endedAt.put(link, entry.state() == LinkStore.State.ENDED ? now - age : now);
    }

    /** The links that showed a recording when an earlier process ended. */
    List<Link> waitingFor(SessionId session) {
        return open.values().stream()
                .filter(link -> link.feed().isEmpty() && link.session().equals(Optional.of(session)))
                .toList();
    }

    LinkStore store() {
        return store;
    }

    Duration linger() {
        return Duration.ofNanos(lingerNanos);
    }

    /** A link that another node remembers; empty if there are too many. */
    Optional<Link> adopt(LinkStore.Entry entry) {
        if (open.size() >= MOST && !open.containsKey(entry.token())) {
            return Optional.empty();
        }
        Link link = open.computeIfAbsent(entry.token(), token -> {
            Link fresh = new Link(token, entry.room(), executor);
            fresh.leave();
            return fresh;
        });
        link.of(entry.session(), entry.key());
        if (entry.state() == LinkStore.State.OPEN) {
            endedAt.remove(link);
        }
        synchronized (dead) {
            dead.remove(entry.token());
        }
        return Optional.of(link);
    }

    /** The recording that a link shows ended some time ago, at another node. */
    void lingering(Link link, Duration ago) {
        endedAt.putIfAbsent(link, System.nanoTime() - ago.toNanos());
    }

    /** Whether the recording that a link shows has ended. */
    boolean isLingering(String token) {
        return find(token).filter(endedAt::containsKey).isPresent();
    }

    /** Another node let a link die. */
    void bury(String token, EndReason reason) {
        Link link = open.remove(token);
        synchronized (dead) {
            dead.put(token, true);
        }
        if (link != null) {
            endedAt.remove(link);
            link.close(reason);
        }
    }

    /** A link of another node that nobody reads by here. */
    void forget(Link link) {
        if (open.remove(link.token(), link)) {
            endedAt.remove(link);
            link.close(EndReason.EXPIRED);
        }
    }

    /** Those that other nodes see to. */
    List<Link> foreign() {
        return open.values().stream().filter(Link::isForeign).toList();
    }

    /** The recordings that links show, or showed last. */
    Set<SessionId> sessions() {
        return open.values().stream().flatMap(link -> link.session().stream()).collect(Collectors.toSet());
    }

    List<Link> showing(SessionId session) {
        return open.values().stream()
                .filter(link -> link.session().equals(Optional.of(session)))
                .toList();
    }

    /** In case the other nodes forgot it. */
    void saveAgain(Link link) {
        save(link, LinkStore.State.OPEN);
    }

    /** A link shows a recording from now on. */
    void shown(Link link, SessionId session) {
        link.own();
        endedAt.remove(link);
        link.of(session, Optional.empty());
        save(link, LinkStore.State.OPEN);
    }

    private void save(Link link, LinkStore.State state) {
        link.session()
                .ifPresent(session -> store.save(new LinkStore.Entry(
                        link.token(), link.isRoom(), session, state, System.currentTimeMillis(), link.key())));
    }

    Optional<Link> find(String token) {
        return Optional.ofNullable(open.get(token));
    }

    /** Whether a token once opened something. */
    boolean isDead(String token) {
        synchronized (dead) {
            return dead.containsKey(token);
        }
    }

    /** What opens a room, whether it is open or not. */
    String tokenOf(String owner, String room) {
        return tokens.ofRoom(owner, room);
    }

    /** @return a new link, or the room's; empty if there are too many */
    Optional<Link> open(String owner, Optional<String> room) {
        String token = room.map(name -> tokenOf(owner, name)).orElseGet(tokens::fresh);
        if (open.size() >= MOST && !open.containsKey(token) && !closeUnused()) {
            return Optional.empty();
        }
        Link link = open.computeIfAbsent(token, fresh -> new Link(fresh, room.isPresent(), executor));
        endedAt.remove(link);
        synchronized (dead) {
            dead.remove(token);
        }
        return Optional.of(link);
    }

    /** Makes room among links by which there is nothing to read, such as those of somebody who only shares. */
    private boolean closeUnused() {
        Optional<Link> unused = endedAt.keySet().stream()
                .filter(link -> link.viewers().count() == 0)
                .filter(link -> link.feed().filter(feed -> feed.size() > 0).isEmpty()
                        && link.key().isEmpty())
                .findAny();
        unused.ifPresent(link -> close(link, EndReason.EXPIRED));
        return unused.isPresent();
    }

    void close(Link link, EndReason reason) {
        if (open.remove(link.token(), link)) {
            endedAt.remove(link);
            synchronized (dead) {
                dead.put(link.token(), true);
            }
            if (!link.isForeign()) {
                save(link, LinkStore.State.DEAD);
            }
        }
        link.close(reason);
    }

    /** The recording that it shows is over; the link lives on for a while. */
    void linger(Link link, Optional<String> key, long now) {
        if (open.containsKey(link.token())) {
            endedAt.put(link, now);
            link.session().ifPresent(session -> link.of(session, key));
            save(link, LinkStore.State.ENDED);
        }
    }

    /** Closes the links whose time is over. */
    void tick(long now) {
        endedAt.forEach((link, since) -> {
            if (now - since >= lingerNanos) {
                close(link, EndReason.EXPIRED);
            }
        });
        long bytes = endedAt.keySet().stream().mapToLong(Links::bytes).sum();
        List<Map.Entry<Link, Long>> oldest = new ArrayList<>(endedAt.entrySet());
        oldest.sort(Map.Entry.comparingByValue(Comparator.comparingLong(since -> since - now)));
        for (Map.Entry<Link, Long> entry : oldest) {
            if (bytes <= LINGERING_BYTES) {
                break;
            }
            bytes -= bytes(entry.getKey());
            close(entry.getKey(), EndReason.EXPIRED);
        }
    }

    int size() {
        return open.size();
    }

    /** What viewers know a recording by. */
    String nameOf(SessionId session) {
        return tokens.nameOf(session);
    }

    private static long bytes(Link link) {
        return link.feed().map(Feed::bytes).orElse(0L);
    }
}
