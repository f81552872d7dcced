package dev.steno.audience;

import dev.steno.session.SessionEvent;
import dev.steno.session.Sharing;
import dev.steno.transcript.SessionId;
import dev.steno.translation.Translations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One session as its viewers and its recorder meet: the feed, its translations, and the links that show it.
 * Thread-safe.
 */
final class Shared {
    /** A link for each of a few rooms; more would be a program that shares without end. */
    private static final int LINKS = 10;

    /** A client that shares and unshares without end would fill memory and disk. */
    private static final int LINKS_EVER = 100;

    private final SessionId session;
    private final Feed feed;
    private final Interpreter interpreter;
    private final SharedFeeds nodes;
    private final List<Link> links = new ArrayList<>();
    private Set<String> askedLanguages = Set.of();
    private Optional<Sharing.Recorder> recorder = Optional.empty();
    private int linksEver;
    private int toldViewers = -1;
    private SharedFeeds.Readers elsewhere = SharedFeeds.Readers.NOBODY;
    private CompletionStage<Void> ready = CompletableFuture.completedStage(null);

    Shared(SessionId session, Feed feed, Translations translations, SharedFeeds nodes) {
        this.nodes = nodes;
        this.session = session;
        this.feed = feed;
        this.interpreter = new Interpreter(feed, translations, this::onTranslated);
    }

    SessionId session() {
        return session;
    }

    Feed feed() {
        return feed;
    }

    Interpreter interpreter() {
        return interpreter;
    }

    /** Where the recorder hears answers from now on. */
    synchronized void recorder(Sharing.Recorder newer) {
        recorder = Optional.of(newer);
    }

    /** @param languages that the recorder asked for */
    synchronized void translateTo(Set<String> languages) {
        askedLanguages = Collections.unmodifiableSet(new LinkedHashSet<>(languages));
    }

    /** @return the link that is in force; one of a certain kind, if that is wanted */
    synchronized Optional<Link> link(Optional<String> token) {
        return showing().stream()
                .filter(link -> link.closed().isEmpty())
                .filter(link -> token.isEmpty() || link.token().equals(token.get()))
                .findFirst();
    }

    synchronized boolean mayHaveMoreLinks() {
        return linksEver < LINKS_EVER && showing().size() < LINKS;
    }

    void add(Link link) {
        synchronized (this) {
            linksEver++;
            links.remove(link);
            links.add(link);
            toldViewers = -1;
            link.show(feed);
        }
        publish(new SharedFeeds.News.State(SseEvents.wireName(feed.state())));
    }

    synchronized boolean isShared() {
        return !showing().isEmpty();
    }

    synchronized List<Link> links() {
        return showing();
    }

    /** Without the rooms in which a newer recording began: those are no longer this one's to end. */
    private List<Link> showing() {
        return links.stream()
                .filter(link -> link.session().equals(Optional.of(session)))
                .toList();
    }

    /** What the links of a recording that goes on here are is still being asked. */
    synchronized void readyAfter(CompletionStage<Void> known) {
        ready = known;
    }

    /** Completes once all links are known. */
    synchronized CompletionStage<Void> ready() {
        return ready;
    }

    /** Tells the other nodes, if viewers could be there. */
    void publish(SharedFeeds.News news) {
        synchronized (this) {
            boolean partial = news instanceof SharedFeeds.News.Partial;
            if (showing().isEmpty() || (partial && elsewhere.count() == 0)) {
                return;
            }
        }
        nodes.publish(session, news);
    }

    /** Who reads along at other nodes. */
    void readElsewhere(SharedFeeds.Readers readers) {
        boolean more;
        synchronized (this) {
            more = !elsewhere.languages().containsAll(readers.languages());
            elsewhere = readers;
        }
        if (more) {
            translate();
        }
    }

    synchronized boolean isShownBy(Link link) {
        return showing().contains(link);
    }

    /** @return the links that showed it until now */
    synchronized List<Link> removeLinks() {
        List<Link> all = showing();
        links.clear();
        toldViewers = -1;
        return all;
    }

    /**
     * Has translated what is not yet, into each language that the recorder asked for or somebody reads. The recorder's
     * come first: there is a limit, and viewers may name languages that nobody needs.
     */
    void translate() {
        Set<String> languages;
        synchronized (this) {
            languages = new LinkedHashSet<>(askedLanguages);
            showing().forEach(link -> languages.addAll(link.viewers().languages()));
            languages.addAll(elsewhere.languages());
        }
        interpreter.translate(languages);
    }

    private void onTranslated(int segment, String language, String text) {
        feed.translate(segment, language, text);
        publish(new SharedFeeds.News.Translated(segment, language, text));
        boolean asked;
        synchronized (this) {
            asked = askedLanguages.contains(language);
        }
        if (asked) {
            tell(new SessionEvent.Translation(segment, language, text));
        }
    }

    void tell(SessionEvent event) {
        Optional<Sharing.Recorder> listening;
        synchronized (this) {
            listening = recorder;
        }
        listening.ifPresent(each -> each.answers().accept(event));
    }

    /** Tells the recorder how many read along, if that changed. */
    void tellViewers() {
        int count;
        synchronized (this) {
            List<Link> shown = showing();
            if (shown.isEmpty() && toldViewers <= 0) {
                return;
            }
            count = elsewhere.count()
                    + shown.stream().mapToInt(link -> link.viewers().count()).sum();
            if (count == toldViewers) {
                return;
            }
            toldViewers = count;
        }
        tell(new SessionEvent.Viewers(count));
    }
}
