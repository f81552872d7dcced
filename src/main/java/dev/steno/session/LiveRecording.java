package dev.steno.session;

import dev.steno.archive.KeptFinals;
import dev.steno.archive.RestorableRecording;
import dev.steno.archive.SessionJournal;
import dev.steno.archive.StoredTranscript;
import dev.steno.caller.Caller;
import dev.steno.logging.LogEvent;
import dev.steno.recognition.EngineOrder;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionResult;
import dev.steno.session.SessionObserver.Outcome;
import dev.steno.session.mailbox.SessionWorker;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.session.upstream.LossReason;
import dev.steno.session.upstream.Upstream;
import dev.steno.session.upstream.UpstreamState;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.Recording;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.Transcript;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * A recording that holds a permit, from its opening to the stored transcript: open, then stopping, then ended. Belongs to
 * the session's worker.
 */
final class LiveRecording {
    static final SessionEvent NO_SPEECH = new SessionEvent.Problem(
            ErrorCode.NO_SPEECH, "No speech was recognised, so nothing was stored.", true, OptionalLong.empty());

    private static final SessionEvent PASSED = new SessionEvent.Problem(
            ErrorCode.SESSION_EXPIRED,
            "The recording was resumed over another connection, at another node.",
            true,
            OptionalLong.empty());

    /** In real time. */

    /** The journal is told of silence in steps of 5 s: a client keeps much more audio. */
    private static final int SETTLED_STEP = 5 * AudioFormat.BYTES_PER_SECOND;

    private enum Life {
        OPEN,
        /** No more audio is taken; what is final is brought to the journal, for the process that goes on. */
        HANDING_OVER,
        /** No more audio is taken; the last words and the archive are awaited. */
        STOPPING,
        ENDED
    }

    private static final System.Logger LOG = System.getLogger(LiveRecording.class.getName());

    private final SessionContext context;
    private final Caller owner;
    private final SessionId id;
    private final SessionWorker worker;
    private final Delivery client;
    private final WrongAudio wrongAudio;
    private final Supplier<List<String>> tokens;
    private final BiConsumer<CloseCode, String> onEnded;
    private final Captions captions;
    private final Upstream upstream;
    private final SessionClock clock;
    private final Haste ahead;
    private final RecordingWatch watch;
    private final RecordingListener.Description description;

    private Life life = Life.OPEN;
    private CloseCode closeCode;
    private String reason;
    private SessionEvent told;
    private AudioGaps gaps = new AudioGaps(0);
    private SpeakerNumbers speakers = new SpeakerNumbers(List.of());
    /** The journal remembers that everything before this position is settled. */
    private long settledBytes;

    private Recording recording;
    private SessionJournal journal;
    /** Once the recording has ended; null until then, and where there is no disk for it. */
    private KeptFinals kept;

    /** As {@link TimeSource#nanoTime}. */
    private long handOverBy;

    private boolean handedOver;

    private boolean permitHeld = true;
    private boolean failed;
    private boolean journalFaultTold;
    private boolean elsewhere;

    /**
     * @param engines which its streams are opened with
     * @param options those of {@code start}, by name
     * @param owner has a place in the quota for it
     * @param wrongAudio says what a client sends that is too fast or too slow
     * @param tokens hashes of those that the client may resume with
     * @param onEnded hears once how the connection is to be closed
     */
    LiveRecording(
            SessionContext context,
            EngineOrder engines,
            Map<String, String> options,
            Caller owner,
            SessionWorker worker,
            Delivery client,
            WrongAudio wrongAudio,
            Supplier<List<String>> tokens,
            BiConsumer<CloseCode, String> onEnded) {
        this.context = context;
        this.owner = owner;
        this.id = engines.request().sessionId();
        this.worker = worker;
        this.client = client;
        this.wrongAudio = wrongAudio;
        this.tokens = tokens;
        this.onEnded = onEnded;
        long now = context.time().nanoTime();
        captions = new Captions(worker, this::show, this::onSettled, this::onJournalFault);
        client.finals(captions::shownFrom);
        clock = new SessionClock(context.limits(), context.quota(), now);
        ahead = new Haste(now);
        watch = new RecordingWatch(context.observer(), context.time());
        upstream = context.upstreams().create(engines, worker, new UpstreamEvents());
        description = new RecordingListener.Description(id, upstream.engine(), upstream.languageCode(), owner, options);
    }

    void open() {
        LogEvent.of("recording_started", "Recording " + id + " started")
                .session(id)
                .with("engine", upstream.engine())
                .with("language", upstream.languageCode())
                .log(LOG, System.Logger.Level.INFO);
        context.listener().onStarted(description);
        upstream.open();
    }

    /**
     * Goes on with a recording whose process is gone. Its upstream opens with the next audio.
     *
     * @return false if it was stopped already: then it takes no more audio, and is archived
     */
    boolean restore(RestorableRecording restored) {
        LogEvent.of("recording_restored", "Recording " + id + " goes on after its process ended")
                .session(id)
                .with("segments", restored.finals().size())
                .with("settled_seconds", tenths(AudioFormat.seconds(restored.settledBytes())))
                .log(LOG, System.Logger.Level.INFO);
        recording = restored.recording();
        journal = restored.journal();
        journal.listen(new JournalEvents());
        settledBytes = restored.settledBytes();
        captions.journal(journal);
        captions.restore(restored.finals(), settledBytes);
        speakers = new SpeakerNumbers(restored.finals());
        clock.restore(Duration.between(recording.startedAt(), context.time().now()));
        context.listener().onRestored(description, restored.finals());
        context.listener().onFirstAudio(description, recording.startedAt());
        if (restored.stoppedAfter().isPresent()) {
            gaps = new AudioGaps(AudioFormat.bytes(restored.stoppedAfter().getAsDouble()));
            stopping(CloseCode.NORMAL, "stopped");
            releasePermit();
            upstream.abort();
            store(context.archive().store(recording, journal));
            return false;
        }
        gaps = new AudioGaps(settledBytes);
        clock.onState(UpstreamState.PAUSED, context.time().nanoTime());
        tell(UpstreamState.PAUSED);
        return true;
    }

    /** Bytes of the client's audio that were accepted, or skipped. */
    long receivedBytes() {
        return gaps.position(upstream.receivedBytes());
    }

    /** Of the audio that was accepted, what the engine has not taken. */
    long waitingBytes() {
        return upstream.waitingBytes();
    }

    private long upstreamSettled() {
        return gaps.position(upstream.settledBytes());
    }

    /** The client has no audio before this position any more: what was not accepted is lost. */
    void skip(long position) {
        long received = receivedBytes();
        if (life != Life.OPEN || position <= received) {
            return;
        }
        if (journal == null) {
            gaps = new AudioGaps(position);
        } else {
            upstream.pause(); // a word must not be put together from both sides of the gap
            gaps.skip(upstream.receivedBytes(), position - received);
            captions.whenShown(() -> captions.settled(upstreamSettled()));
        }
        dropped(AudioFormat.seconds(received), AudioFormat.seconds(position), LossReason.NOT_KEPT);
    }

    /** The tokens that the client may resume with from now on. @return completes when a crash cannot forget them */
    CompletionStage<Void> tokens(List<String> hashes) {
        return journal == null || life != Life.OPEN ? CompletableFuture.completedFuture(null) : journal.tokens(hashes);
    }

    /** @param pcm whole samples, at least one; ignored once the recording stops */
    void audio(byte[] pcm) {
        if (life != Life.OPEN) {
            return;
        }
        long now = context.time().nanoTime();
        int limit = context.limits().replayBufferBytes();
        if (context.limits().live() && ahead.add(pcm.length, now) > limit) {
            fail(
                    ErrorCode.TOO_FAST,
                    CloseCode.POLICY,
                    "Audio came more than " + limit / AudioFormat.BYTES_PER_SECOND
                            + " s ahead of real time. Send it at the speed of speech." + wrongAudio.explanation(now));
            return;
        }
        if (recording == null) {
            recording = new Recording(
                    id,
                    context.time().now(),
                    upstream.engine(),
                    upstream.languageCode(),
                    Optional.of(owner.identity()).filter(identity -> !identity.isEmpty()),
                    SessionOptions.title(description.options()));
            journal = context.journal().open(recording);
            journal.listen(new JournalEvents());
            journal.begin(description.options(), tokens.get()).exceptionally(fault -> {
                worker.submit(() -> onJournalFault(fault));
                return null;
            });
            captions.journal(journal);
            context.listener().onFirstAudio(description, recording.startedAt());
            captions.settled(upstreamSettled());
        }
        clock.onFrame(now);
        watch.onAudio(receivedBytes(), pcm.length, now);
        if (context.limits().live()) {
            wrongAudio.onAccepted(pcm.length, now).ifPresent(told -> problem(ErrorCode.BAD_AUDIO, told, false));
        }
        upstream.append(pcm);
        reportProgressWhenDue(now);
    }

    private void reportProgressWhenDue(long now) {
        if (clock.progressDue(now, progress())) {
            if (journal != null && upstreamSettled() - settledBytes >= SETTLED_STEP) {
                captions.settled(upstreamSettled()); // silence, which no final covers
            }
            reportProgress(now);
        }
    }

    private void reportProgress(long now) {
        watch.count(upstream.receivedBytes());
        clock.onProgress(now, progress());
        client.send(progress());
    }

    private SessionEvent.Progress progress() {
        return new SessionEvent.Progress(receivedBytes(), settledBytes);
    }

    /** The journal remembers it. */
    private void onSettled(long position) {
        settledBytes = Math.max(settledBytes, position);
        if (life != Life.ENDED) {
            reportProgress(context.time().nanoTime());
        }
    }

    void pause() {
        if (life == Life.OPEN) {
            upstream.pause();
        }
    }

    /** @param held finals that the client has, which came back */
    void onResumed(int held) {
        clock.onFrame(context.time().nanoTime());
        client.catchUp(held);
    }

    /** Whether the next {@link #tick} should come soon. */
    boolean restless() {
        return life != Life.ENDED && upstream.restless();
    }

    /** Does what is due. */
    void tick() {
        if (life == Life.HANDING_OVER && context.time().nanoTime() - handOverBy >= 0) {
            // What is provisional stays so: the client sends this audio again, and its words would come twice.
            upstream.abort();
            handedOver();
        } else if (life != Life.ENDED) {
            upstream.tick();
        }
        if (life != Life.OPEN) {
            return;
        }
        long now = context.time().nanoTime();
        if (context.limits().live() && clock.idle(now)) {
            if (client.attached()) {
                upstream.pause();
            } else {
                upstream.suspend();
            }
        }
        reportProgressWhenDue(now);
        clock.announcement(now).ifPresent(client::send);
        clock.expiry(now).ifPresent(why -> fail(ErrorCode.SESSION_EXPIRED, CloseCode.POLICY, why));
    }

    /** Tells the client why, then ends as {@link #stop} does. */
    void fail(ErrorCode code, CloseCode close, String message) {
        if (life == Life.OPEN) {
            problem(code, message, true);
            stop(close, code.wireName());
        }
    }

    /** Awaits the last words and stores the transcript. The first call decides how the connection closes. */
    void stop(CloseCode close, String why) {
        if (life == Life.OPEN) {
            stopping(close, why);
            if (clock.progressIsNew(progress())) {
                reportProgress(context.time().nanoTime());
            }
            tell(UpstreamState.STOPPING);
            upstream.finish();
        }
    }

    /** As {@link #stop}, in the time that a server which goes down has left: a quarter of it is for the archive. */
    void drain() {
        upstream.hurry(drainPatience());
        stop(CloseCode.SERVICE_RESTART, "the server shuts down");
    }

    /** Ends the upstream stream and keeps what is final for the process that goes on. Nothing is archived. */
    void handOver() {
        if (life != Life.OPEN) {
            upstream.hurry(drainPatience());
            return;
        }
        life = Life.HANDING_OVER;
        handOverBy = context.time().nanoTime() + drainPatience().toNanos();
        upstream.handOver();
    }

    private void handedOver() {
        if (handedOver) {
            return;
        }
        handedOver = true;
        releasePermit();
        captions.whenShown(() -> {
            if (journal != null) {
                journal.handOver();
            }
            close(
                    Outcome.HANDED_OVER,
                    null,
                    CloseCode.SERVICE_RESTART,
                    "the server restarts, and the recording goes on");
        });
    }

    /** Of the time for a shutdown, a quarter is for disk and archive. */
    private Duration drainPatience() {
        return context.limits().drainTimeout().multipliedBy(3).dividedBy(4);
    }

    /** The journal stays, and the next start archives it. */
    void onInternalFault() {
        if (life == Life.OPEN) {
            fail(ErrorCode.RECOGNIZER_FAILED, CloseCode.SERVER_ERROR, "A fault in the server ended this recording.");
        } else if (life != Life.ENDED) {
            upstream.abort();
            releasePermit();
            close(Outcome.FAILED, null, CloseCode.SERVER_ERROR, "a fault in Steno");
        }
    }

    private void stopping(CloseCode close, String why) {
        life = Life.STOPPING;
        closeCode = close;
        reason = why;
    }

    /** The upstream side is over: brings the transcript to the archive. */
    private void conclude() {
        releasePermit();
        captions.whenShown(this::archive);
    }

    private void releasePermit() {
        if (permitHeld) {
            permitHeld = false;
            context.quota().end(owner, id);
        }
    }

    private void archive() {
        if (captions.segments().isEmpty()) {
            if (journal != null) {
                journal.discard();
            }
            if (closeCode == CloseCode.NORMAL) {
                client.send(NO_SPEECH);
            }
            close(failed ? Outcome.FAILED : Outcome.NO_SPEECH, null, closeCode, reason);
            return;
        }
        if (!description.stored()) {
            journal.discard();
            close(Outcome.NOT_STORED, null, closeCode, reason);
            return;
        }
        CompletionStage<KeptFinals> keeping = journal.keep();
        keeping.whenComplete((finals, fault) -> worker.submit(() -> {
            kept = finals; // null where the disk fails: then memory keeps them
            store(context.archive().store(transcript(), journal));
        }));
    }

    /** The recording has ended, and no client is attached: its finals need no memory, if they are on disk. */
    void release() {
        if (life == Life.ENDED && kept != null) {
            captions.release();
        }
    }

    /** For a client that comes back for the end: brings the finals back to memory, until {@link #release}. */
    CompletionStage<Void> recall() {
        if (kept == null || !captions.segments().isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return kept.read().handle((finals, fault) -> {
            worker.submit(() -> captions.restore(fault == null ? finals : List.of(), settledBytes));
            return null;
        });
    }

    /** Nobody can come back any more. */
    void forget() {
        if (kept != null) {
            kept.forget();
        }
    }

    private void store(CompletionStage<StoredTranscript> storing) {
        storing.whenComplete((stored, fault) -> worker.submit(() -> onArchived(stored, fault)));
    }

    private Transcript transcript() {
        return new Transcript(recording, captions.segments(), AudioFormat.seconds(receivedBytes()));
    }

    private void onArchived(StoredTranscript stored, Throwable fault) {
        if (life == Life.ENDED) {
            return; // another node has it
        }
        if (fault == null) {
            double duration = AudioFormat.seconds(receivedBytes());
            client.send(new SessionEvent.Saved(stored.key(), id, stored.location(), duration));
            close(Outcome.SAVED, stored, closeCode, reason);
        } else {
            Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
            problem(ErrorCode.ARCHIVE_DELAYED, cause.getMessage(), true);
            close(Outcome.ARCHIVE_DELAYED, null, closeCode, "archive delayed");
        }
    }

    /** @param stored null if nothing is stored, or not yet */
    private void close(Outcome outcome, StoredTranscript stored, CloseCode code, String why) {
        life = Life.ENDED;
        elsewhere = outcome == Outcome.HANDED_OVER;
        try {
            tellEnd(outcome, stored, why);
        } finally { // even where the log or a listener fails, the place and the connection are given back
            onEnded.accept(code, why);
        }
    }

    private void tellEnd(Outcome outcome, StoredTranscript stored, String why) {
        watch.onEnded(outcome, upstream.receivedBytes());
        Optional<Transcript> transcript = captions.segments().isEmpty() ? Optional.empty() : Optional.of(transcript());
        context.listener()
                .onEnded(description, new RecordingListener.Ending(outcome, transcript, Optional.ofNullable(stored)));
        LogEvent.of("recording_ended", "Recording " + id + " ended: " + why)
                .session(id)
                .with("engine", upstream.engine())
                .with("audio_seconds", tenths(AudioFormat.seconds(receivedBytes())))
                .with("segments", captions.segments().size())
                .with("bytes", receivedBytes())
                .with("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .log(LOG, System.Logger.Level.INFO);
    }

    /** Digits without the grouping of a locale. */
    private static BigDecimal tenths(double seconds) {
        return BigDecimal.valueOf(Math.round(seconds * 10), 1);
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }

    private void dropped(double start, double end, LossReason why) {
        LOG.log(
                System.Logger.Level.WARNING,
                "Recording {0}: audio was dropped from {1} s to {2} s: {3}.",
                id,
                seconds(start),
                seconds(end),
                why.explanation());
        context.observer().onDropped(end - start);
        UpstreamState state = life == Life.OPEN ? clock.state() : UpstreamState.STOPPING;
        tell(new SessionEvent.AudioDropped(state, start, end, why));
    }

    private void show(SessionEvent result) {
        watch.onShown(result);
        tell(result);
    }

    /** Says only what is new: a planned change of streams does not concern the client. */
    private void tell(UpstreamState state) {
        SessionEvent status = new SessionEvent.Status(state, upstream.engine(), upstream.languageCode());
        if (!status.equals(told)) {
            told = status;
            tell(status);
        }
    }

    /** Tells the client, and those who listen. */
    private void tell(SessionEvent event) {
        client.send(event);
        context.listener().onEvent(description, event);
    }

    private void problem(ErrorCode code, String message, boolean fatal) {
        client.send(new SessionEvent.Problem(code, message, fatal, OptionalLong.empty()));
    }

    /** Whether it was handed over: a client that returns to this node is to look for it where it is now. */
    boolean isElsewhere() {
        return elsewhere;
    }

    /** Another node goes on with the recording: nothing of it may be shown, stored or sent from here any more. */
    private void passed() {
        if (life == Life.ENDED) {
            return;
        }
        upstream.abort();
        releasePermit();
        journal.abandon();
        client.tell(PASSED);
        close(Outcome.HANDED_OVER, null, CloseCode.POLICY, "the recording goes on at another node");
    }

    private void onShared(boolean durable) {
        if (life == Life.OPEN) {
            client.send(new SessionEvent.Durability(clock.state(), durable));
        }
    }

    /** Where else the journal is, told on other threads. */
    private final class JournalEvents implements SessionJournal.Listener {
        @Override
        public void onPassed() {
            worker.submit(LiveRecording.this::passed);
        }

        @Override
        public void onShared(boolean durable) {
            worker.submit(() -> LiveRecording.this.onShared(durable));
        }
    }

    private void onJournalFault(Throwable fault) {
        if (life != Life.ENDED && !journalFaultTold) {
            journalFaultTold = true;
            LogEvent.of(
                            "journal_broken",
                            "Recording " + id
                                    + ": the journal cannot be written, check JOURNAL_DIR and its disk. The text "
                                    + "is kept in memory and archived at the end.")
                    .session(id)
                    .thrown(fault)
                    .log(LOG, System.Logger.Level.ERROR);
            problem(
                    ErrorCode.STORAGE_FAILED,
                    "The server cannot write its journal. The text is kept in memory and will be stored at the end; "
                            + "the operator should check the disk.",
                    false);
        }
    }

    /** What the upstream side says, on the worker. */
    private final class UpstreamEvents implements Upstream.Owner {
        @Override
        public void onPartial(RecognitionResult result) {
            captions.addPartial(speakers.number(gaps.toClient(result)));
        }

        @Override
        public void onFinal(RecognitionResult result) {
            captions.addFinal(speakers.number(gaps.toClient(result)), upstream.engine(), upstreamSettled());
        }

        @Override
        public void onNoWords() {
            captions.takePartialBack();
        }

        @Override
        public void onSettled() {
            captions.settle(upstream.engine(), upstreamSettled());
        }

        @Override
        public void onState(UpstreamState state) {
            if (life == Life.OPEN) {
                clock.onState(state, context.time().nanoTime());
                captions.whenShown(() -> tell(state));
            }
        }

        @Override
        public void onDropped(double start, double end, LossReason why) {
            if (life != Life.HANDING_OVER) {
                dropped(gaps.start(start), gaps.end(end), why);
            }
        }

        @Override
        public void onFinished() {
            if (life == Life.HANDING_OVER) {
                handedOver();
            } else {
                conclude();
            }
        }

        @Override
        public void onFailed(RecognitionFailure failure) {
            if (life == Life.HANDING_OVER) {
                handedOver();
                return;
            }
            failed = true;
            captions.settle(upstream.engine(), upstreamSettled());
            String message = failure.message() + " " + failure.remedy();
            LOG.log(System.Logger.Level.WARNING, "Recording {0}: {1}", id, message);
            ErrorCode code = failureCode(failure);
            problem(code, message, true);
            if (life == Life.OPEN || closeCode == CloseCode.NORMAL) {
                stopping(code == ErrorCode.BUSY ? CloseCode.TRY_AGAIN_LATER : CloseCode.SERVER_ERROR, code.wireName());
            }
            conclude();
        }

        @Override
        public void onFault(RecognitionFailure.Kind kind, boolean retried) {
            context.observer().onFault(kind, retried);
        }

        private ErrorCode failureCode(RecognitionFailure failure) {
            if (upstream.worked()) {
                return ErrorCode.RECOGNIZER_FAILED;
            }
            return switch (failure.kind()) {
                case BUSY, LIMIT_EXCEEDED -> ErrorCode.BUSY;
                case UNAVAILABLE, FAILED -> ErrorCode.RECOGNIZER_UNAVAILABLE;
            };
        }
    }
}
