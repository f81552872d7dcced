package dev.steno.audience;

import dev.steno.cluster.StoreAwayException;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.Sharing;
import dev.steno.transcript.SessionId;
import dev.steno.translation.Translations;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All viewers of this node: gives recorders the links that open their feeds, and viewers what a link opens. What a
 * recorder asks for is done in memory at once, on the session's worker; viewers are served on threads of their own.
 */
public final class Audience implements Sharing {
    private static final System.Logger LOG = System.getLogger(Audience.class.getName());

    private final AudienceSettings settings;
    private final Links links;
    private final OtherFeeds others;
    private final Translations translations;
    private final SharedRecordings recordings;
    private final Streams streams;
    private final Runnable clock;

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
        this.others = others;
        this.translations = translations;
        this.recordings = new SharedRecordings(links, translations, archive, others, clock);
        this.streams = new Streams(settings.viewerLimit());
        this.clock = clock;
    }

    @Override
    public Optional<String> refusal(Map<String, String> options) {
        return ShareOptions.of(options).refusal(settings, translations.settings());
    }

    @Override
    public void onStarted(Recorder recorder, Map<String, String> options) {
        Shared shared = recordings.of(recorder.sessionId());
        shared.recorder(recorder);
        ShareOptions asked = ShareOptions.of(options);
        shared.translateTo(asked.languages());
        if (!asked.languages().isEmpty()) {
            clock.run();
        }
        if (asked.wanted()) {
            share(recorder, asked.room());
        }
    }

    @Override
    public void share(Recorder recorder, Optional<String> room) {
        Optional<String> refusal = settings.sharing()
                ? ShareOptions.roomRefusal(room)
                : Optional.of("This server does not share recordings (SHARING=off).");
        if (refusal.isPresent()) {
            refuse(recorder, refusal.get());
            return;
        }
        clock.run();
        Shared shared = recordings.of(recorder.sessionId());
        shared.recorder(recorder);
        shared.ready().thenRun(() -> share(shared, recorder, room));
    }

    private void share(Shared shared, Recorder recorder, Optional<String> room) {
        String owner = recorder.owner().identity();
        Optional<Link> known = shared.link(room.map(name -> links.tokenOf(owner, name)));
        if (known.isEmpty() && !shared.mayHaveMoreLinks()) {
            refuse(recorder, "This recording has had as many links as one may have. Share it by one of those.");
            return;
        }
        known.or(() -> open(shared, owner, room))
                .ifPresentOrElse(
                        link -> shared.tell(new SessionEvent.Share(recorder.base() + "/live/" + link.token())),
                        () -> refuse(recorder, "Too many recordings are shared at the moment. Try again later."));
    }

    private Optional<Link> open(Shared shared, String owner, Optional<String> room) {
        Optional<Link> fresh = links.open(owner, room);
        fresh.ifPresent(link -> recordings.show(shared, link));
        return fresh;
    }

    private static void refuse(Recorder recorder, String message) {
        recorder.answers().accept(new SessionEvent.Problem(ErrorCode.BAD_OPTION, message, false, OptionalLong.empty()));
    }

    @Override
    public void unshare(SessionId session) {
        recordings.find(session).ifPresent(shared -> shared.removeLinks()
                .forEach(link -> links.close(link, EndReason.UNSHARED)));
    }

    @Override
    public void onClosed(SessionId session) {
        recordings.end(
                session, EndReason.EXPIRED, Optional.empty()); // over already, unless there never was a recording
    }

    SharedRecordings recordings() {
        return recordings;
    }

    Links links() {
        return links;
    }

    /**
     * A link, and what it shows even if that runs at another node or ended before this process began, for which it may
     * block.
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

    /** The languages into which viewers can have it translated. */
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

    /** Viewers at the moment. */
    public int viewers() {
        return streams.count();
    }

    /** Links that open something. */
    public int openLinks() {
        return links.size();
    }

    /** The application ends. Viewers come back by themselves to whatever answers then. */
    void close() {
        streams.closeAll();
    }

    /** Once a second. */
    void tick(long now) {
        try {
            links.tick(now);
            streams.tick(now);
            recordings.tick(now);
        } catch (RuntimeException e) { // the boundary of a thread: a timer that throws never runs again
            LOG.log(Level.ERROR, "A fault in Steno itself; please report it.", e);
        }
    }
}
