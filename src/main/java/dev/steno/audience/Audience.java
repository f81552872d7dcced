package dev.steno.audience;

import dev.steno.archive.StoredTranscript;
import dev.steno.cluster.StoreAwayException;
import dev.steno.session.ErrorCode;
import dev.steno.session.RecordingListener;
import dev.steno.session.SessionEvent;
import dev.steno.session.SessionObserver.Outcome;
import dev.steno.session.Sharing;
import dev.steno.session.upstream.UpstreamState;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.TranscriptSegment;
import dev.steno.translation.Translations;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * All readers of this node. Hears the recordings, keeps a feed of each while it runs, and gives out the links that open feeds. What is
 * asked on a session's worker is done in memory at once; viewers are served on threads of their own.
 */
public final class Audience implements RecordingListener, Sharing {
    private static final int ROOM_LENGTH = 100;

    private static final System.Logger LOG = System.getLogger(Audience.class.getName());

    private final AudienceSettings settings;
    private final Links links;
    private final Translations translations;
    private final Conclusions conclusions;
    private final OtherFeeds others;
    private final Streams streams;
    private final Runnable clock;
    private final Map<SessionId, Shared> sessions = new ConcurrentHashMap<>();

    /** @param clock sees to it that {@link #tick} is called from then on */
    Audience(
            AudienceSettings settings,
            Links links,
            Translations translations,
            Conclusions.TranslationArchive archive,
            OtherFeeds others,
            Runnable clock) {
        this.settings = settings;
        this.links = links;
        this.translations = translations;
        this.conclusions = new Conclusions(archive);
        this.others = others;
        others.own(session -> Optional.ofNullable(sessions.get(session)));
        this.streams = new Streams(settings.viewerLimit());
        this.clock = clock;
    }

    @Override
    public Optional<String> refusal(Map<String, String> options) {
        boolean asks = isTrue(options.get("share")) || options.containsKey("room");
        if (asks && !settings.sharing()) {
            return Optional.of("share is not available: this server does not share recordings (SHARING=off).");
        }
        String share = options.getOrDefault("share", "false");
        if (!share.equals("true") && !share.equals("false")) {
            return Optional.of("share must be true or false.");
        }
        return roomRefusal(Optional.ofNullable(options.get("room")))
                .or(() -> translationRefusal(languages(options.get("translate_to"))));
    }

    private Optional<String> translationRefusal(Set<String> asked) {
        if (asked.size() > Interpreter.LANGUAGES) {
            return Optional.of("translate_to may name " + Interpreter.LANGUAGES + " languages at most.");
        }
        if (!asked.isEmpty() && !translations.settings().enabled()) {
            return Optional.of("translate_to is not available: this server does not translate (TRANSLATION=off).");
        }
        return asked.stream()
                .filter(language -> !translations.settings().allows(language))
                .findFirst()
                .map(language -> "translate_to: this server does not translate into " + language + ".");
    }

    /** @param list with commas; null for none */
    private static Set<String> languages(String list) {
        return Arrays.stream(list == null ? new String[0] : list.split(",", -1))
                .map(String::strip)
                .filter(language -> !language.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Optional<String> roomRefusal(Optional<String> room) {
        return room.filter(name -> name.isBlank() || name.length() > ROOM_LENGTH)
                .map(name -> "room must be a name of 1 to " + ROOM_LENGTH + " characters.");
    }

    @Override
    public void onStarted(Recorder recorder, Map<String, String> options) {
        Shared shared = shared(recorder.sessionId(), "");
        shared.recorder(recorder);
        Set<String> asked = languages(options.get("translate_to"));
        shared.translateTo(asked);
        if (!asked.isEmpty()) {
            clock.run();
        }
        Optional<String> room = Optional.ofNullable(options.get("room"));
        if (isTrue(options.get("share")) || room.isPresent()) {
            share(recorder, room);
        }
    }

    @Override
    public void share(Recorder recorder, Optional<String> room) {
        Optional<String> refusal = settings.sharing()
                ? roomRefusal(room)
                : Optional.of("This server does not share recordings (SHARING=off).");
        if (refusal.isPresent()) {
            refuse(recorder, refusal.get());
            return;
        }
        clock.run();
        Shared shared = shared(recorder.sessionId(), "");
        shared.recorder(recorder);
        shared.ready().thenRun(() -> share(shared, recorder, room));
    }

    private void share(Shared shared, Recorder recorder, Optional<String> room) {
        Optional<String> wanted =
                room.map(name -> links.tokenOf(recorder.owner().identity(), name));
        Optional<Link> link = shared.link(wanted).or(() -> {
            Optional<Link> fresh = links.open(recorder.owner().identity(), room);
            fresh.ifPresent(opened -> show(shared, opened));
            return fresh;
        });
        link.ifPresentOrElse(
                known -> shared.tell(new SessionEvent.Share(recorder.base() + "/live/" + known.token())),
                () -> refuse(recorder, "Too many recordings are shared at the moment. Try again later."));
    }

    private void show(Shared shared, Link link) {
        links.shown(link, shared.session());
        shared.add(link);
    }

    private static void refuse(Recorder recorder, String message) {
        recorder.answers().accept(new SessionEvent.Problem(ErrorCode.BAD_OPTION, message, false, OptionalLong.empty()));
    }

    @Override
    public void unshare(SessionId session) {
        Shared shared = sessions.get(session);
        if (shared != null) {
            shared.removeLinks().forEach(link -> links.close(link, EndReason.UNSHARED));
        }
    }

    @Override
    public void onClosed(SessionId session) {
        end(session, EndReason.EXPIRED, Optional.empty()); // over already, unless there never was a recording
    }

    @Override
    public void onStarted(Description recording) {
        shared(recording.sessionId(), recording.languageCode());
    }

    /** The links that showed it before go on as well. */
    @Override
    public void onRestored(Description recording, List<TranscriptSegment> finals) {
        Shared shared = shared(recording);
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
        shared(recording).feed().begin(startedAt);
    }

    @Override
    public void onEvent(Description recording, SessionEvent event) {
        Shared shared = shared(recording);
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

    /** The last words are still awaited while a recording stops, which makes no difference to readers. */
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

    private void end(SessionId session, EndReason reason, Optional<StoredTranscript> stored) {
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

    private Shared shared(Description recording) {
        return shared(recording.sessionId(), recording.languageCode());
    }

    private Shared shared(SessionId session, String languageCode) {
        Shared shared = sessions.computeIfAbsent(session, id -> new Shared(id, feed(id), translations, others.nodes()));
        if (!languageCode.isEmpty()) {
            shared.feed().languageCode(languageCode);
        }
        return shared;
    }

    /** The one that readers of this node follow already, if another node had the recording. */
    private Feed feed(SessionId session) {
        return others.take(session).orElseGet(() -> new Feed(links.nameOf(session)));
    }

    private static boolean isTrue(String option) {
        return "true".equals(option);
    }

    Links links() {
        return links;
    }

    /**
     * A link, and what it shows even if that runs at another node or ended before this process began, for which it may block.
     *
     * @throws StoreAwayException if only other nodes could know it, and they cannot be asked
     */
    Optional<Link> find(String token) throws StoreAwayException {
        return others.find(token);
    }

    Streams streams() {
        clock.run();
        return streams;
    }

    /** Somebody began to read by a link, maybe in a language that nobody read before. */
    void onReader(Link link) {
        sessions.values().stream().filter(shared -> shared.isShownBy(link)).forEach(Shared::translate);
    }

    /** The languages into which readers can have it translated. */
    List<String> languages() {
        return translations.settings().offered();
    }

    /** A line for the log. */
    public String summary() {
        String sharing = settings.sharing()
                ? "SHARING=on: recorders may give links to others. "
                : "SHARING=off: recordings cannot be shared. ";
        return sharing + translations.summary();
    }

    /** Whether recordings can be shared at all. */
    public boolean sharing() {
        return settings.sharing();
    }

    /** Readers at the moment. */
    public int viewers() {
        return streams.count();
    }

    /** Links that open something. */
    public int openLinks() {
        return links.size();
    }

    /** The application ends. Readers come back by themselves to whatever answers then. */
    void close() {
        streams.closeAll();
    }

    /** Once a second. */
    void tick(long now) {
        try {
            links.tick(now);
            streams.tick(now);
            conclusions.tick(now);
            others.tick(now, sessions.values());
            sessions.values().forEach(Shared::tellViewers);
        } catch (RuntimeException e) { // the boundary of a thread: a timer that throws never runs again
            LOG.log(Level.ERROR, "A fault in Steno itself; please report it.", e);
        }
    }
}
