package dev.steno.audience;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * How far one viewer is. Asked for the next piece whenever the viewer can take one, it looks into the feed: so a slow
 * viewer keeps nothing but its position, gets every final, and of the partials the latest. Not thread-safe.
 */
final class Viewer {
    /** Ids stand on finals only: after a resume the translations of a few finals before it are sent again. */
    private static final int TRANSLATIONS_AGAIN = 50;

    private final Link link;
    private final Languages wanted;
    private final List<String> offered;
    private final AudienceObserver observer;
    private Optional<LastEventId> held;
    private Feed feed;
    private Feed left;
    private Iterator<Chunk> snapshot;
    private int line;
    /** Lines before this one come late because this viewer was away; they do not count as delay. */
    private int missed;

    private int translation;
    private long partial;
    private Feed.State state;
    private boolean waitingTold;
    private boolean over;

    /**
     * @param held what the viewer has already
     * @param offered languages into which a viewer can have it translated
     */
    Viewer(Link link, Languages wanted, Optional<LastEventId> held, List<String> offered, AudienceObserver observer) {
        this.link = link;
        this.wanted = wanted;
        this.held = held;
        this.offered = offered;
        this.observer = observer;
    }

    /** Of the translation that is wanted; empty for none, and for whatever there is. */
    Optional<String> language() {
        return wanted.one().filter(code -> !code.isEmpty());
    }

    /** Whether nothing will ever come any more. */
    boolean over() {
        return over;
    }

    /** @return null if there is nothing new at the moment */
    Chunk next() {
        if (snapshot != null) {
            if (snapshot.hasNext()) {
                return snapshot.next();
            }
            snapshot = null;
        }
        if (over) {
            return null;
        }
        Optional<EndReason> closed = link.closed();
        if (closed.isPresent()) {
            over = true;
            return SseEvents.lastEnd(closed.get());
        }
        return feed == null ? arrive() : follow();
    }

    private Chunk arrive() {
        Optional<Feed> current = link.feed().filter(shown -> shown != left);
        boolean resumes =
                current.isPresent() && held.filter(id -> id.fits(current.get())).isPresent();
        boolean readable = current.isPresent()
                && (resumes || !link.isRoom() || current.get().ended().isEmpty());
        if (!readable) {
            held = Optional.empty();
            return waiting();
        }
        feed = current.get();
        if (resumes) {
            resume(held.get().next());
            return next();
        }
        return begin();
    }

    private Chunk waiting() {
        if (waitingTold) {
            return null;
        }
        waitingTold = true;
        return SseEvents.waiting(offered);
    }

    private void resume(int from) {
        held = Optional.empty();
        line = from;
        missed = feed.size();
        translation = 0;
        partial = 0;
        state = null;
        while (translation < feed.translations()
                && feed.translation(translation).segment() < from - TRANSLATIONS_AGAIN) {
            translation++;
        }
    }

    private Chunk begin() {
        held = Optional.empty();
        partial = 0; // each feed counts its own
        line = feed.size();
        translation = feed.translations();
        snapshot = new Snapshot(line);
        return snapshot.next();
    }

    private Chunk follow() {
        Optional<EndReason> ended = feed.ended(); // before the rest: nothing comes after it
        if (line < feed.size()) {
            Chunk said = feed.line(line++).event();
            return line <= missed ? said.undated() : said;
        }
        while (translation < feed.translations()) {
            Feed.Translated next = feed.translation(translation++);
            if (wanted.include(next.language())) {
                return next.event();
            }
        }
        if (ended.isPresent()) {
            return leave(ended.get());
        }
        Optional<Feed> shown = link.feed();
        if (shown.filter(now -> now == feed).isEmpty()) {
            boolean same = shown.filter(now -> now.recording().equals(feed.recording()))
                    .isPresent();
            if (same) { // another node goes on with it, without finals that only this one had
                feed = shown.get();
                return begin();
            }
            return leave(EndReason.UNSHARED); // another recording took the room
        }
        Feed.State current = feed.state();
        if (current != state) {
            state = current;
            return SseEvents.status(current);
        }
        return feed.partial()
                .filter(latest -> latest.version() > partial)
                .map(this::take)
                .orElse(null);
    }

    private Chunk leave(EndReason reason) {
        left = feed;
        feed = null;
        waitingTold = false;
        over = !link.isRoom();
        return over ? SseEvents.lastEnd(reason) : SseEvents.end(reason);
    }

    private Chunk take(Feed.Partial latest) {
        if (partial > 0 && latest.version() > partial + 1) {
            observer.onDroppedPartials(latest.version() - partial - 1);
        }
        partial = latest.version();
        return latest.event();
    }

    /**
     * All finals up to a number in one event, piece by piece, so that a long recording is not copied for each viewer.
     */
    private final class Snapshot implements Iterator<Chunk> {
        private static final Chunk COMMA = Chunk.of(",");

        private final int finals;
        /** Head, then three pieces a line (comma, line, its translations), then tail. */
        private int piece;

        Snapshot(int finals) {
            this.finals = finals;
        }

        @Override
        public boolean hasNext() {
            return piece <= 3 * finals + 1;
        }

        @Override
        public Chunk next() {
            int current = piece++;
            if (current == 0) {
                piece += finals > 0 ? 1 : 0; // no comma before the first line
                return SseEvents.snapshotHead(feed.recording(), finals);
            }
            if (current > 3 * finals) {
                return tail();
            }
            Line said = feed.line((current - 1) / 3);
            return switch ((current - 1) % 3) {
                case 0 -> COMMA;
                case 1 -> said.json();
                default -> said.rest(wanted);
            };
        }

        private Chunk tail() {
            Optional<Feed.Partial> said = feed.partial();
            partial = said.map(Feed.Partial::version).orElse(partial);
            state = feed.state();
            String text = said.filter(latest -> latest.segment() == finals)
                    .map(Feed.Partial::text)
                    .orElse(null);
            return SseEvents.snapshotTail(text, state, feed.recording(), feed.languageCode(), offered);
        }
    }
}
