package dev.steno.audience;

import dev.steno.cluster.StoreAwayException;
import dev.steno.transcript.SessionId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Recordings that do not run at this node, for its viewers: those of other nodes, and those that ended before this
 * process began. Thread-safe; only {@link #find} blocks.
 */
final class OtherFeeds {
    /** A request's thread waits for the store, which answers within milliseconds or is known to be away. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** A link of another node that nobody opened for so long is forgotten here. */
    private static final long UNUSED_NANOS = 60_000_000_000L;

    /** In case it was missed that a link changed. */
    private static final long ASK_EACH_NANOS = 5_000_000_000L;

    /** What is known of a link is good enough for so long: programs ask for captions every second. */
    private static final long FRESH_NANOS = 1_000_000_000L;

    /** Links of running recordings are saved so often: a store that lost its memory learns them again. */
    private static final long SAVE_EACH_NANOS = 30_000_000_000L;

    /** A running recording's link that was not saved for so long has lost its node. */
    private static final Duration ORPHANED = Duration.ofMinutes(2);

    private static final System.Logger LOG = System.getLogger(OtherFeeds.class.getName());

    private final Links links;
    private final ArchivedFeeds archived;
    private final SharedFeeds nodes;
    private final Map<SessionId, RemoteFeed> remote = new ConcurrentHashMap<>();
    private Function<SessionId, Optional<Shared>> own = session -> Optional.empty();
    private long savedAt;

    OtherFeeds(Links links, ArchivedFeeds archived, SharedFeeds nodes) {
        this.links = links;
        this.archived = archived;
        this.nodes = nodes;
        nodes.onLinkChanged(this::onLinkChanged);
    }

    /** @param ownSessions what runs at this node */
    void own(Function<SessionId, Optional<Shared>> ownSessions) {
        own = ownSessions;
    }

    SharedFeeds nodes() {
        return nodes;
    }

    /**
     * A link, wherever it was made, with what it shows.
     *
     * @throws StoreAwayException if only other nodes could know it, and they cannot be asked
     */
    Optional<Link> find(String token) throws StoreAwayException {
        Optional<Link> known = links.find(token);
        Optional<Link> found = known;
        if (nodes.shared() && known.filter(this::isCertain).isEmpty()) {
            try {
                found = await(links.store().find(token).thenCompose(entry -> apply(token, entry)));
            } catch (StoreAwayException e) {
                found = known;
                if (known.filter(link -> link.feed().isPresent()).isEmpty()) {
                    throw e;
                }
            }
        }
        found.ifPresent(link -> link.usedAt(System.nanoTime()));
        found.filter(link -> link.feed().isEmpty() && !link.isRoom()).ifPresent(this::readArchive);
        return found;
    }

    /** Its recording runs here, or it is asked about all the time anyway. */
    private boolean isCertain(Link link) {
        return link.session().flatMap(own).isPresent()
                || link.viewers().count() > 0
                || System.nanoTime() - link.askedAt() < FRESH_NANOS;
    }

    private void readArchive(Link link) {
        link.session()
                .flatMap(session -> link.key().flatMap(key -> archived.read(links.nameOf(session), key)))
                .ifPresent(link::show);
    }

    private static <T> T await(CompletionStage<T> stage) throws StoreAwayException {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StoreAwayException("The other nodes cannot be asked for a link: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreAwayException("The server goes down.", e);
        }
    }

    private void onLinkChanged(String token) {
        if (links.find(token).isPresent()) {
            ask(token);
        }
    }

    private void ask(String token) {
        links.store().find(token).thenCompose(entry -> apply(token, entry)).exceptionally(fault -> {
            LOG.log(Level.DEBUG, "A link cannot be looked up: {0}", fault.toString());
            return Optional.empty();
        });
    }

    /** Brings a link to what is remembered of it. */
    private CompletionStage<Optional<Link>> apply(String token, Optional<LinkStore.Entry> found) {
        if (found.isEmpty()) { // unless the store lost its memory: then the link's own node saves it again
            return CompletableFuture.completedStage(links.find(token));
        }
        LinkStore.Entry entry = found.get();
        Optional<Shared> running = own.apply(entry.session());
        if (running.isPresent()) {
            return CompletableFuture.completedStage(links.adopt(entry).map(link -> shown(running.get(), link)));
        }
        Duration age = Duration.ofMillis(Math.max(0, System.currentTimeMillis() - entry.changedAt()));
        if (isDead(entry, age)) {
            boolean ended = entry.state() != LinkStore.State.DEAD || links.isLingering(token);
            links.bury(token, ended ? EndReason.EXPIRED : EndReason.UNSHARED);
            return CompletableFuture.completedStage(Optional.empty());
        }
        Optional<Link> adopted = links.adopt(entry);
        adopted.ifPresent(link -> link.askedAt(System.nanoTime()));
        return adopted.map(link -> show(link, entry, age))
                .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()));
    }

    private static Link shown(Shared running, Link link) {
        if (link.feed().filter(feed -> feed == running.feed()).isEmpty()) {
            running.add(link);
        }
        return link;
    }

    private boolean isDead(LinkStore.Entry entry, Duration age) {
        return switch (entry.state()) {
            case DEAD -> true;
            case ENDED -> age.compareTo(links.linger()) >= 0;
            case OPEN -> age.minus(ORPHANED).compareTo(links.linger()) >= 0;
        };
    }

    private CompletionStage<Optional<Link>> show(Link link, LinkStore.Entry entry, Duration age) {
        SessionId session = entry.session();
        boolean ended = entry.state() == LinkStore.State.ENDED;
        if (ended) {
            links.lingering(link, age);
        }
        if (ended && (link.isRoom() || link.shows(links.nameOf(session))) && !remote.containsKey(session)) {
            return CompletableFuture.completedStage(Optional.of(link)); // nothing to follow: it waits, or shows all
        }
        RemoteFeed feed = follow(session);
        if (ended) {
            feed.end();
        }
        return feed.ready().thenApply(read -> {
            boolean worth = !ended || read.size() > 0; // else the archive may have it
            if (worth && link.feed().filter(shown -> shown == read).isEmpty()) {
                link.show(read);
            }
            return Optional.of(link);
        });
    }

    private RemoteFeed follow(SessionId session) {
        RemoteFeed[] fresh = new RemoteFeed[1];
        RemoteFeed feed = remote.computeIfAbsent(session, id -> {
            fresh[0] = new RemoteFeed(id, nodes, new Feed(links.nameOf(id)), null);
            return fresh[0];
        });
        if (fresh[0] != null) {
            begin(session, feed);
        }
        return feed;
    }

    private void begin(SessionId session, RemoteFeed feed) {
        feed.start().exceptionally(fault -> {
            remote.remove(session, feed);
            feed.stop();
            return null;
        });
    }

    /** This node goes on with a recording: its viewers stay with the feed that they have. */
    Optional<Feed> take(SessionId session) {
        RemoteFeed feed = remote.remove(session);
        if (feed == null) {
            return Optional.empty();
        }
        feed.stop();
        CompletableFuture<Feed> ready = feed.ready().toCompletableFuture();
        return ready.isDone() && !ready.isCompletedExceptionally()
                ? Optional.of(ready.join()).filter(read -> read.ended().isEmpty())
                : Optional.empty();
    }

    /** Another node goes on with a recording of this one: viewers stay here. */
    void leave(Shared shared) {
        SessionId session = shared.session();
        List<Link> showing = shared.removeLinks();
        if (showing.isEmpty()) {
            return;
        }
        showing.forEach(Link::leave);
        Feed fresh = new Feed(links.nameOf(session));
        RemoteFeed feed = new RemoteFeed(session, nodes, fresh, shared.feed());
        remote.put(session, feed);
        begin(session, feed);
        feed.ready().thenAccept(read -> links.showing(session).stream()
                .filter(link -> link.feed().filter(shown -> shown == read).isEmpty())
                .forEach(link -> link.show(read)));
    }

    /** The links of a recording that goes on here, whichever node made them. Never fails. */
    CompletionStage<List<Link>> linksOf(SessionId session) {
        return links.store()
                .showing(session)
                .thenApply(entries -> entries.stream()
                        .filter(entry -> entry.state() == LinkStore.State.OPEN)
                        .filter(entry -> entry.session().equals(session))
                        .flatMap(entry -> links.adopt(entry).stream())
                        .toList())
                .exceptionally(fault -> links.showing(session));
    }

    /**
     * What was translated of a recording before it went on here: nothing is translated, and paid for, twice. Never
     * fails.
     */
    CompletionStage<Void> translationsOf(Shared shared) {
        return nodes.read(
                        shared.session(), new SharedFeeds.Position(shared.feed().size(), 0))
                .thenAccept(part -> part.translations().forEach(each -> {
                    shared.interpreter().known(each.language(), each.segment());
                    shared.feed().translate(each.segment(), each.language(), each.text());
                }))
                .exceptionally(fault -> null);
    }

    /** Once a second. */
    void tick(long now, Collection<Shared> running) {
        if (!nodes.shared()) {
            return;
        }
        links.foreign().forEach(link -> tick(now, link));
        Set<SessionId> shown = links.sessions();
        remote.forEach((session, feed) -> {
            if (shown.contains(session)) {
                feed.tick(now);
            } else {
                remote.remove(session, feed);
                feed.stop();
            }
        });
        if (now - savedAt > SAVE_EACH_NANOS) {
            savedAt = now;
            running.forEach(shared -> shared.links().forEach(links::saveAgain));
        }
        countReaders(running.stream().filter(Shared::isShared).toList());
    }

    private void tick(long now, Link link) {
        if (link.viewers().count() > 0) {
            link.usedAt(now);
            if (now - link.askedAt() > ASK_EACH_NANOS) {
                link.askedAt(now);
                ask(link.token());
            }
        } else if (now - link.usedAt() > UNUSED_NANOS) {
            links.forget(link);
        }
    }

    private void countReaders(List<Shared> running) {
        Map<SessionId, SharedFeeds.Readers> here = new HashMap<>();
        for (Link link : links.foreign()) {
            link.session()
                    .filter(remote::containsKey)
                    .ifPresent(session -> here.merge(session, readers(link), (a, b) -> {
                        Set<String> languages = new HashSet<>(a.languages());
                        languages.addAll(b.languages());
                        return new SharedFeeds.Readers(a.count() + b.count(), languages);
                    }));
        }
        Set<SessionId> asked = running.stream().map(Shared::session).collect(Collectors.toSet());
        if (here.isEmpty() && asked.isEmpty()) {
            return;
        }
        nodes.readers(here, asked)
                .thenAccept(elsewhere -> running.forEach(shared ->
                        shared.readElsewhere(elsewhere.getOrDefault(shared.session(), SharedFeeds.Readers.NOBODY))))
                .exceptionally(fault -> null); // what was known last is good enough until the nodes answer again
    }

    private static SharedFeeds.Readers readers(Link link) {
        return new SharedFeeds.Readers(
                link.viewers().count(), new TreeSet<>(link.viewers().languages()));
    }
}
