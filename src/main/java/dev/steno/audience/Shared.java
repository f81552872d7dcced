package dev.steno.audience;

import dev.steno.session.SessionEvent;
import dev.steno.session.Sharing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One session as its readers and its recorder meet: the feed, and the links that show it. Thread-safe. */
final class Shared {
    private final Feed feed;
    private final List<Link> links = new ArrayList<>();
    private Optional<Sharing.Recorder> recorder = Optional.empty();
    private int toldViewers = -1;

    Shared(Feed feed) {
        this.feed = feed;
    }

    Feed feed() {
        return feed;
    }

    /** Where the recorder hears answers from now on. */
    synchronized void recorder(Sharing.Recorder newer) {
        recorder = Optional.of(newer);
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

    /** @return the links that showed it until now */
    synchronized List<Link> removeLinks() {
        List<Link> all = List.copyOf(links);
        links.clear();
        return all;
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
