package dev.steno.audience;

import dev.steno.transcript.SessionId;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A recording of another node as the viewers of this one follow it: one subscription for all of them. Whatever is heard
 * or missed, finals are read in order from where they are kept. Thread-safe; no method blocks.
 */
final class RemoteFeed implements SharedFeeds.Follower {
    /** Its own node tells the end once the last translations have come, at most 5 s late; it may also be gone. */
    private static final long END_TOLD_NANOS = 7_000_000_000L;

    /** In case news were missed. */
    private static final long READ_EACH_NANOS = 1_500_000_000L;

    private static final System.Logger LOG = System.getLogger(RemoteFeed.class.getName());

    private final SessionId session;
    private final SharedFeeds nodes;
    /** What viewers of this node were shown while it had the recording itself; null if it had not. */
    private final Feed before;

    private final CompletableFuture<Feed> ready = new CompletableFuture<>();
    private Feed feed;
    private SharedFeeds.Position next = SharedFeeds.Position.START;
    private boolean reading;
    private boolean again;
    private boolean ending;
    private boolean stopped;
    private long readAt;
    /** When it was seen that the recording has ended; 0 before. */
    private long endedAt;

    /** @param fresh still empty */
    RemoteFeed(SessionId session, SharedFeeds nodes, Feed fresh, Feed before) {
        this.session = session;
        this.nodes = nodes;
        this.feed = fresh;
        this.before = before;
    }

    /** @return completes with what was said so far; fails while the nodes cannot reach each other */
    CompletionStage<Feed> start() {
        nodes.follow(session, this);
        read();
        return ready;
    }

    CompletionStage<Feed> ready() {
        return ready;
    }

    /** Nothing more is shown by this node as another's. */
    void stop() {
        synchronized (this) {
            stopped = true;
        }
        nodes.unfollow(session);
    }

    /** The recording has ended: its viewers are told after its last final. */
    void end() {
        synchronized (this) {
            ending = true;
        }
        read();
    }

    /** Once a second. */
    void tick(long now) {
        boolean over;
        boolean due;
        synchronized (this) {
            over = endedAt != 0 && now - endedAt > END_TOLD_NANOS && !ending;
            due = !stopped && now - readAt > READ_EACH_NANOS && feed.ended().isEmpty();
        }
        if (over) {
            end();
        } else if (due) {
            read();
        }
    }

    @Override
    public void onPartial(int segment, String text) {
        if (ready.isDone()) {
            current().partial(segment, text);
        }
    }

    @Override
    public void onNews() {
        read();
    }

    private synchronized Feed current() {
        return feed;
    }

    private void read() {
        SharedFeeds.Position from;
        synchronized (this) {
            if (stopped || reading) {
                again = reading;
                return;
            }
            reading = true;
            again = false;
            readAt = System.nanoTime();
            from = next;
        }
        nodes.read(session, from).whenComplete(this::onPart);
    }

    private void onPart(SharedFeeds.Part part, Throwable fault) {
        boolean on = false;
        boolean whole = false;
        try {
            if (fault == null && !isStopped()) {
                take(part);
                whole = !part.more();
            } else if (fault != null) {
                ready.completeExceptionally(fault);
            }
        } catch (RuntimeException e) { // whatever stands in the store: the next read tries again
            LOG.log(Level.WARNING, "Recording " + session + " of another node cannot be shown.", e);
            ready.completeExceptionally(e);
        } finally {
            synchronized (this) {
                reading = false;
                if (whole || (fault == null && part.more())) {
                    next = part.next();
                }
                on = fault == null && (part.more() || again) && !stopped;
            }
        }
        if (whole) {
            onWhole();
        }
        if (on) {
            read();
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private void take(SharedFeeds.Part part) {
        Feed filled = current();
        part.recording().ifPresent(recording -> {
            filled.languageCode(recording.languageCode());
            filled.begin(recording.startedAt());
        });
        part.finals().forEach(filled::add);
        part.translations().forEach(each -> filled.translate(each.segment(), each.language(), each.text()));
        Feed.State.of(part.state()).ifPresent(filled::state);
        synchronized (this) {
            endedAt = part.ended() && endedAt == 0 ? System.nanoTime() : endedAt;
        }
    }

    private void onWhole() {
        Feed shown;
        boolean over;
        synchronized (this) {
            if (!ready.isDone() && before != null && continues(before, feed)) {
                feed.lines().forEach(line -> before.add(line.segment()));
                feed = before;
            }
            shown = feed;
            over = ending && !again;
        }
        ready.complete(shown);
        if (over) {
            shown.end(shown.size() > 0 ? EndReason.SAVED : EndReason.EXPIRED);
            stop();
        }
    }

    /** While it could not reach the others, this node may have shown finals that the recording goes on without. */
    private static boolean continues(Feed shown, Feed kept) {
        List<Line> had = shown.lines();
        List<Line> has = kept.lines();
        return had.size() <= has.size() && texts(had).equals(texts(has.subList(0, had.size())));
    }

    private static List<String> texts(List<Line> lines) {
        return lines.stream().map(line -> line.segment().text()).toList();
    }
}
