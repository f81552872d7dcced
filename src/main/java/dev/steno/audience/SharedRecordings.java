package dev.steno.audience;

import dev.steno.archive.StoredTranscript;
import dev.steno.session.RecordingListener;
import dev.steno.session.SessionEvent;
import dev.steno.session.SessionObserver.Outcome;
import dev.steno.session.upstream.UpstreamState;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.TranscriptSegment;
import dev.steno.translation.Translations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions of this node, each with its feed, from its start until viewers have been told of its end. Hears the
 * recordings on their workers and returns at once.
 */
final class SharedRecordings implements RecordingListener {
    private final Links links;
    private final Translations translations;
    private final Conclusions conclusions;
    private final OtherFeeds others;
    private final Runnable clock;
    private final Map<SessionId, Shared> sessions = new ConcurrentHashMap<>();

    /** @param clock sees to it that {@link #tick} is called from then on */
    SharedRecordings(
            Links links,
            Translations translations,
            Conclusions.TranslationArchive archive,
            OtherFeeds others,
            Runnable clock) {
        this.links = links;
        this.translations = translations;
        this.conclusions = new Conclusions(archive);
        this.others = others;
        this.clock = clock;
        others.own(this::find);
    }

    /** Begins with the session if it is new here. */
    Shared of(SessionId session) {
        return sessions.computeIfAbsent(session, id -> new Shared(id, feed(id), translations, others.nodes()));
    }

    Optional<Shared> find(SessionId session) {
        return Optional.ofNullable(sessions.get(session));
    }

    private Shared of(Description recording) {
        Shared shared = of(recording.sessionId());
        shared.feed().languageCode(recording.languageCode());
        return shared;
    }

    /** The one that viewers of this node follow already, if another node had the recording. */
    private Feed feed(SessionId session) {
        return others.take(session).orElseGet(() -> new Feed(links.nameOf(session)));
    }

    /** A link shows a recording from now on. */
    void show(Shared shared, Link link) {
        links.shown(link, shared.session());
        shared.add(link);
    }

    /** A viewer came by a link, maybe with a language that nobody read before. */
    void onViewer(Link link) {
        sessions.values().stream().filter(shared -> shared.isShownBy(link)).forEach(Shared::translate);
    }

    @Override
    public void onStarted(Description recording) {
        of(recording);
    }

    /** The links that showed it before go on as well. */
    @Override
    public void onRestored(Description recording, List<TranscriptSegment> finals) {
        Shared shared = of(recording);
        finals.forEach(shared.feed()::add);
        links.waitingFor(recording.sessionId()).forEach(link -> show(shared, link));
        if (others.nodes().shared()) {
            clock.run();
            shared.readyAfter(others.linksOf(recording.sessionId())
                    .thenAccept(found -> found.forEach(link -> show(shared, link)))
                    .thenCompose(shown -> others.translationsOf(shared)));
        }
    }

    @Override
    public void onFirstAudio(Description recording, Instant startedAt) {
        of(recording).feed().begin(startedAt);
    }

    @Override
    public void onEvent(Description recording, SessionEvent event) {
        Shared shared = of(recording);
        Feed feed = shared.feed();
        if (event instanceof SessionEvent.Final settled) {
            feed.add(settled.segment());
            shared.publish(new SharedFeeds.News.Final());
            shared.translate();
        } else if (event instanceof SessionEvent.Partial partial) {
            feed.partial(partial.segment(), partial.text());
            shared.publish(new SharedFeeds.News.Partial(partial.segment(), partial.text()));
        } else if (event instanceof SessionEvent.Status status) {
            state(status.state()).ifPresent(state -> {
                feed.state(state);
                shared.publish(new SharedFeeds.News.State(SseEvents.wireName(state)));
            });
        }
    }

    /** The last words are still awaited while a recording stops, which makes no difference to viewers. */
    private static Optional<Feed.State> state(UpstreamState state) {
        return switch (state) {
            case STREAMING -> Optional.of(Feed.State.STREAMING);
            case PAUSED -> Optional.of(Feed.State.PAUSED);
            case RECONNECTING -> Optional.of(Feed.State.RECONNECTING);
            case STOPPING -> Optional.empty();
        };
    }

    @Override
    public void onEnded(Description recording, Ending ending) {
        if (ending.outcome() == Outcome.HANDED_OVER) {
            leave(recording.sessionId());
            return;
        }
        boolean stored = ending.outcome() == Outcome.SAVED || ending.outcome() == Outcome.ARCHIVE_DELAYED;
        end(recording.sessionId(), stored ? EndReason.SAVED : EndReason.EXPIRED, ending.stored());
    }

    /** It goes on elsewhere, or with the next process: its links live on, and nobody is told of an end. */
    private void leave(SessionId session) {
        Shared shared = sessions.remove(session);
        if (shared != null && others.nodes().shared()) {
            others.leave(shared);
        }
    }

    /**
     * Viewers are told of the end as soon as the last translations have come. Nothing happens if the session is over
     * already.
     */
    void end(SessionId session, EndReason reason, Optional<StoredTranscript> stored) {
        Shared shared = sessions.remove(session);
        if (shared != null) {
            Optional<String> key = stored.map(StoredTranscript::key);
            conclusions.add(shared, stored, over -> end(over, reason, key), System.nanoTime());
        }
    }

    private void end(Shared shared, EndReason reason, Optional<String> key) {
        shared.feed().end(reason);
        long now = System.nanoTime();
        shared.removeLinks().forEach(link -> links.linger(link, key, now));
    }

    /** Once a second. */
    void tick(long now) {
        conclusions.tick(now);
        others.tick(now, sessions.values());
        sessions.values().forEach(Shared::tellViewers);
    }
}
