package dev.steno.audience;

import dev.steno.session.SessionEvent;
import dev.steno.session.Sharing;
import dev.steno.transcript.SessionId;
import dev.steno.translation.Translations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One session as its readers and its recorder meet: the feed, its translations, and the links that show it. Thread-safe. */
final class Shared {
    private final SessionId session;
    private final Feed feed;
    private final Interpreter interpreter;
    private final List<Link> links = new ArrayList<>();
    private Set<String> askedLanguages = Set.of();
    private Optional<Sharing.Recorder> recorder = Optional.empty();
    private int toldViewers = -1;

    Shared(SessionId session, Feed feed, Translations translations) {
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
        askedLanguages = Set.copyOf(languages);
    }

    /** @return the link that is in force; one of a certain kind, if that is wanted */
    synchronized Optional<Link> link(Optional<String> token) {
        return links.stream()
                .filter(link -> link.closed().isEmpty())
                .filter(link -> token.isEmpty() || link.token().equals(token.get()))
                .findFirst();
    }

    synchronized void add(Link link) {
        links.remove(link);
        links.add(link);
        toldViewers = -1;
        link.show(feed);
    }

    synchronized boolean isShownBy(Link link) {
        return links.contains(link);
    }

    /** @return the links that showed it until now */
    synchronized List<Link> removeLinks() {
        List<Link> all = List.copyOf(links);
        links.clear();
        return all;
    }

    /** Has translated what is not yet, into each language that the recorder asked for or somebody reads. */
    void translate() {
        Set<String> languages;
        synchronized (this) {
            languages = new TreeSet<>(askedLanguages);
            links.forEach(link -> languages.addAll(link.viewers().languages()));
        }
        interpreter.translate(languages);
    }

    private void onTranslated(int segment, String language, String text) {
        feed.translate(segment, language, text);
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
            if (links.isEmpty()) {
                return;
            }
            count = links.stream().mapToInt(link -> link.viewers().count()).sum();
            if (count == toldViewers) {
                return;
            }
            toldViewers = count;
        }
        tell(new SessionEvent.Viewers(count));
    }
}
