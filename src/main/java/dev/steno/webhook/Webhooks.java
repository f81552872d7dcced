package dev.steno.webhook;

import dev.steno.archive.ArchiveFolders;
import dev.steno.archive.StoredListener;
import dev.steno.archive.StoredTranscript;
import dev.steno.bounded.BoundedMap;
import dev.steno.configuration.Settings;
import dev.steno.session.RecordingListener;
import dev.steno.session.SessionObserver.Outcome;
import dev.steno.threads.ContainerThreads;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.Transcript;
import dev.steno.transcript.TranscriptSegment;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Turns what happens to recordings into events, and has them delivered. Does nothing without {@code WEBHOOK_URL}. */
@ApplicationScoped
public class Webhooks implements RecordingListener, StoredListener {
    /** In the journals' folder: what it holds survives what they survive. */
    private static final String FOLDER = "webhooks";

    /**
     * Recordings recovered from journals end without more word of them; forgetting one costs an event that comes twice.
     */
    private static final int MOST_REMEMBERED = 10_000;

    private static final long DELIVER_MILLIS = 1_000;

    private static final String STARTED = "recording.started";
    private static final String ENDED = "recording.ended";
    private static final String DELAYED = "transcript.delayed";
    private static final String SAVED = "transcript.saved";

    private static final System.Logger LOG = System.getLogger(Webhooks.class.getName());

    private final Optional<WebhookSettings> settings;
    private final WebhookBodies bodies;
    private final ScheduledExecutorService threads;
    private final InstantSource clock;
    private final Outbox outbox;
    private final WebhookSender sender;
    /** Sessions of which the receiver knows that they ended, as long as more may come of them. */
    private final Set<SessionId> endTold =
            Collections.synchronizedSet(Collections.newSetFromMap(BoundedMap.lastAdded(MOST_REMEMBERED)));

    /** For the container's proxy only. */
    protected Webhooks() {
        settings = Optional.empty();
        bodies = null;
        threads = null;
        clock = null;
        outbox = null;
        sender = null;
    }

    @Inject
    public Webhooks(Settings settings, ArchiveFolders folders, ContainerThreads threads) {
        this.settings = WebhookSettings.read(settings);
        this.clock = InstantSource.system();
        bodies = new WebhookBodies(this.settings.map(WebhookSettings::withText).orElse(false));
        if (this.settings.isPresent()) {
            // Two: what is delivered, which may take long, must not keep new events from the disk.
            this.threads = threads.timer("webhook", 2);
            outbox = new Outbox(folders.journal().resolve(FOLDER));
            sender = new WebhookSender(this.settings.get(), outbox, clock);
        } else {
            this.threads = null;
            outbox = null;
            sender = null;
        }
    }

    /**
     * To be called once when the application starts: refuses a configuration that cannot work, and delivers from then
     * on.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the task itself deals with every outcome
    public void begin() {
        settings.ifPresent(known -> {
            LOG.log(Level.INFO, "Webhooks go to {0}.", known.url().getHost());
            threads.scheduleWithFixedDelay(this::deliver, DELIVER_MILLIS, DELIVER_MILLIS, TimeUnit.MILLISECONDS);
        });
    }

    /**
     * What was delivered so far, what failed, what was given up, and how many sessions wait; empty without a receiver.
     */
    public Optional<Counts> counts() {
        return Optional.ofNullable(sender)
                .map(each -> new Counts(each.delivered(), each.failed(), each.givenUp(), each.waiting()));
    }

    /** Of this process. */
    public record Counts(long delivered, long failed, long givenUp, int waiting) {}

    @Override
    public void onFirstAudio(Description recording, Instant startedAt) {
        if (!recording.stored()) {
            return; // the caller alone is to know of it
        }
        later(recording.sessionId(), STARTED, startedAt, () -> bodies.started(STARTED, recording, startedAt));
    }

    /** {@link #onFirstAudio} follows: the former process may have been killed before that event was on disk. */
    @Override
    public void onRestored(Description recording, List<TranscriptSegment> finals) {}

    @Override
    public void onEnded(Description recording, Ending ending) {
        SessionId id = recording.sessionId();
        boolean told = endTold.remove(id);
        if (settings.isEmpty() || ending.outcome() == Outcome.HANDED_OVER || !recording.stored()) {
            return;
        }
        Instant now = clock.instant();
        if (!told) {
            later(id, ENDED, now, () -> bodies.ended(ENDED, recording, now, ending.transcript()));
        }
        if (ending.outcome() == Outcome.ARCHIVE_DELAYED) {
            endTold.add(id); // what is stored later says no more than that
            Instant after = now.plusNanos(1);
            later(id, DELAYED, after, () -> bodies.ended(DELAYED, recording, after, ending.transcript()));
        }
    }

    /** On the archive's thread, before the journal goes: what is in the outbox then survives a crash. */
    @Override
    public void onStored(Transcript transcript, StoredTranscript stored, List<String> formats) {
        if (settings.isEmpty()) {
            return;
        }
        SessionId id = transcript.recording().sessionId();
        Instant now = clock.instant();
        if (endTold.contains(id)) {
            endTold.remove(id);
        } else { // the end comes first, also of a recording whose process was killed
            endTold.add(id);
            add(WebhookEvent.of(id, ENDED, now, bodies.ended(ENDED, transcript, now)));
        }
        Instant after = now.plusNanos(1);
        add(WebhookEvent.of(id, SAVED, after, bodies.saved(SAVED, transcript, stored, formats, after)));
    }

    private void later(SessionId session, String type, Instant at, Supplier<String> body) {
        if (settings.isEmpty()) {
            return;
        }
        try {
            threads.execute(() -> add(WebhookEvent.of(session, type, at, body.get())));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The server goes down; a webhook is not sent.", e);
        }
    }

    private void add(WebhookEvent event) {
        try {
            outbox.add(event);
        } catch (IOException | RuntimeException e) { // the end of a thread, or of somebody's who must not suffer
            LOG.log(Level.WARNING, "A webhook cannot be kept, and is lost. Check JOURNAL_DIR and its disk.", e);
        }
    }

    private void deliver() {
        try {
            sender.deliver();
        } catch (IOException | RuntimeException | Error e) { // a timer forgets a task that throws
            LOG.log(Level.WARNING, "Webhooks cannot be delivered now.", e);
        }
    }

    /** May be called more than once, as some servers do. */
    @PreDestroy
    void close() {
        if (outbox != null) {
            try {
                outbox.close();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "The lock of the webhooks' outbox ends with the process.", e);
            }
        }
    }
}
