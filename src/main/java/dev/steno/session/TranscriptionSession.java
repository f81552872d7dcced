package dev.steno.session;

import dev.steno.archive.ArchiveDelayedException;
import dev.steno.archive.SessionJournal;
import dev.steno.archive.StoredTranscript;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RecognitionResult;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.Recording;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.Transcript;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One recording of one client: new, then open, then stopping, then ended. The public methods may be called by any thread
 * and return at once; what they ask for happens on the session's worker, in the order of the calls.
 */
public final class TranscriptionSession {
    private enum Life {
        /** Connected; no permit, no recording. */
        NEW,
        OPEN,
        /** No more audio is taken; the last words and the archive are awaited. */
        STOPPING,
        ENDED
    }

    /** How the connection will close, and what the log says of the recording. */
    private record Ending(CloseCode code, String reason) {}

    /** Waiting client frames: a 45 s backlog in frames of 20 ms, and room to spare. */
    private static final int CLIENT_TASKS = 4_096;

    /** A client that makes this many mistakes is broken and will make more. */
    private static final int MISTAKES = 20;

    private static final System.Logger LOG = System.getLogger(TranscriptionSession.class.getName());

    private final SessionId id = SessionId.random();
    private final SessionContext context;
    private final ClientChannel channel;
    private final SessionWorker worker;
    private final Captions captions;
    private final RealTimeGauge gauge;
    private final long connectedAt;
    private final AtomicBoolean tickWaits = new AtomicBoolean();

    private Life life = Life.NEW;
    private Ending ending;
    private String languageCode;
    private Upstream upstream;
    private Recording recording;
    private SessionJournal journal;
    private UpstreamState told;
    private int mistakes;
    private boolean permitHeld;
    private boolean journalFaultTold;
    private SessionClock clock;

    TranscriptionSession(SessionContext context, ClientChannel channel) {
        this.context = context;
        this.channel = channel;
        this.worker = new SessionWorker(context.executor(), CLIENT_TASKS, this::onInternalFault);
        this.captions = new Captions(worker, channel::send, this::onJournalFault);
        this.connectedAt = context.time().nanoTime();
        this.gauge = new RealTimeGauge(connectedAt);
        this.languageCode = context.languageCode();
        channel.send(new SessionEvent.Connected(id, context.recognizer().engine(), languageCode));
    }

    public SessionId id() {
        return id;
    }

    /** Begins a recording with options; optional, before the first audio. */
    public void start(StartOptions options) {
        offer(() -> onStart(options));
    }

    /** @param pcm one chunk in the format of {@link AudioFormat}; the session keeps the array */
    public void audio(byte[] pcm) {
        offer(() -> onAudio(pcm));
    }

    /** Settles the current partial and ends the upstream stream; the next audio goes on. */
    public void pause() {
        offer(() -> {
            if (life == Life.OPEN) {
                upstream.pause();
            }
        });
    }

    /** Ends the recording properly; twice is the same as once. */
    public void stop() {
        worker.submit(() -> end(CloseCode.NORMAL, "stopped"));
    }

    /** The client sent something that cannot be used; after too many of these the recording ends. */
    public void refuse(ErrorCode code, String message) {
        offer(() -> onMistake(code, message));
    }

    /** The connection is gone, whoever closed it. */
    public void disconnected() {
        worker.submit(() -> end(CloseCode.NORMAL, "the client disconnected"));
    }

    /** The server goes down. */
    void drain() {
        worker.submit(() -> end(CloseCode.SERVICE_RESTART, "the server shuts down"));
    }

    /** Does what is due; called about ten times a second. */
    void tick() {
        if (tickWaits.compareAndSet(false, true)) {
            worker.submit(this::onTick);
        }
    }

    private void offer(Runnable task) {
        if (!worker.offer(task)) {
            worker.submit(() -> fail(ErrorCode.TOO_FAST, CloseCode.POLICY, "More messages came than can be handled."));
        }
    }

    private void onStart(StartOptions options) {
        if (life == Life.OPEN) {
            problem(ErrorCode.BAD_OPTION, "The recording runs already. Send start once, before the first audio.");
        } else if (life == Life.NEW) {
            String wanted = options.languageCode().orElse(context.languageCode());
            if (context.recognizer().languages().contains(wanted)) {
                languageCode = wanted;
                open();
            } else {
                problem(
                        ErrorCode.UNSUPPORTED_LANGUAGE,
                        "The " + context.recognizer().engine() + " engine does not know this language. It knows: "
                                + String.join(
                                        ", ",
                                        context.recognizer().languages().stream()
                                                .sorted()
                                                .toList()) + ".");
            }
        }
    }

    private void onAudio(byte[] pcm) {
        if (life == Life.STOPPING || life == Life.ENDED) {
            return;
        }
        if (pcm.length == 0 || pcm.length % AudioFormat.BYTES_PER_SAMPLE != 0) {
            onMistake(
                    ErrorCode.BAD_AUDIO,
                    "A chunk of " + pcm.length + " bytes was refused: audio is 16-bit samples, at least one of them.");
            return;
        }
        if (life == Life.NEW && !open()) {
            return;
        }
        long now = context.time().nanoTime();
        int limit = context.limits().replayBufferBytes();
        if (gauge.add(pcm.length, now) > limit) {
            fail(
                    ErrorCode.TOO_FAST,
                    CloseCode.POLICY,
                    "Audio came more than " + limit / AudioFormat.BYTES_PER_SECOND
                            + " s ahead of real time. Send it at the speed of speech.");
            return;
        }
        if (recording == null) {
            recording =
                    new Recording(id, context.time().now(), context.recognizer().engine(), languageCode);
            journal = context.journal().open(recording);
            captions.journal(journal);
        }
        clock.onFrame(now);
        upstream.append(pcm);
    }

    /** Takes a permit and opens the upstream side. */
    private boolean open() {
        if (!context.permits().tryAcquire()) {
            channel.send(new SessionEvent.Problem(
                    ErrorCode.BUSY,
                    "All " + context.limits().recordings() + " recordings that this server can run at once are taken. "
                            + "Try again in a minute, or raise SESSION_LIMIT.",
                    true,
                    OptionalLong.empty()));
            finish(CloseCode.TRY_AGAIN_LATER, "busy");
            return false;
        }
        permitHeld = true;
        life = Life.OPEN;
        clock = new SessionClock(context.limits(), context.time().nanoTime());
        upstream = new Upstream(
                context.recognizer(),
                new RecognitionRequest(id, languageCode),
                context.limits(),
                context.budget(),
                worker,
                context.time(),
                new UpstreamEvents());
        LOG.log(
                System.Logger.Level.INFO,
                "Recording {0} started: engine={1} language={2}",
                id,
                context.recognizer().engine(),
                languageCode);
        upstream.open();
        return life == Life.OPEN;
    }

    private void onMistake(ErrorCode code, String message) {
        if (life == Life.ENDED) {
            return;
        }
        mistakes++;
        if (mistakes >= MISTAKES) {
            fail(
                    code,
                    CloseCode.POLICY,
                    message + " That was mistake number " + mistakes + "; the recording ends here.");
            return;
        }
        OptionalLong received = code == ErrorCode.BAD_AUDIO ? OptionalLong.of(receivedBytes()) : OptionalLong.empty();
        channel.send(new SessionEvent.Problem(code, message, false, received));
    }

    private void onTick() {
        tickWaits.set(false);
        long now = context.time().nanoTime();
        if (life == Life.NEW
                && now - connectedAt >= context.limits().startTimeout().toNanos()) {
            fail(ErrorCode.SESSION_EXPIRED, CloseCode.POLICY, "No audio came. Connect again when there is some.");
        } else if (life == Life.OPEN) {
            onOpenTick(now);
        } else if (life == Life.STOPPING && upstream != null) {
            upstream.tick();
        }
        if (life != Life.ENDED && clock != null && clock.keepAliveDue(now)) {
            channel.keepAlive();
        }
    }

    private void onOpenTick(long now) {
        upstream.tick();
        if (life == Life.OPEN && clock.idle(now) && upstream.streaming()) {
            upstream.pause();
        }
        if (clock.progressDue(now, upstream.receivedBytes())) {
            channel.send(new SessionEvent.Progress(upstream.receivedBytes()));
        }
        clock.announcement(now).ifPresent(channel::send);
        clock.expiry(now).ifPresent(reason -> fail(ErrorCode.SESSION_EXPIRED, CloseCode.POLICY, reason));
    }

    private void problem(ErrorCode code, String message) {
        channel.send(new SessionEvent.Problem(code, message, false, OptionalLong.empty()));
    }

    /** Tells the client why, then ends as {@code stop} does. */
    private void fail(ErrorCode code, CloseCode closeCode, String message) {
        if (life == Life.NEW || life == Life.OPEN) {
            channel.send(new SessionEvent.Problem(code, message, true, OptionalLong.empty()));
            end(closeCode, code.wireName());
        }
    }

    /** The first call decides how the recording ends. */
    private void end(CloseCode code, String reason) {
        if (life == Life.NEW) {
            if (code == CloseCode.NORMAL) {
                noSpeech();
            }
            finish(code, reason);
        } else if (life == Life.OPEN) {
            life = Life.STOPPING;
            ending = new Ending(code, reason);
            channel.send(new SessionEvent.Progress(upstream.receivedBytes()));
            tell(UpstreamState.STOPPING);
            upstream.finish();
        }
    }

    /** The upstream side is over: brings the transcript to the archive. */
    private void conclude() {
        releasePermit();
        captions.whenShown(this::archive);
    }

    private void releasePermit() {
        if (permitHeld) {
            permitHeld = false;
            context.permits().release();
        }
    }

    private void archive() {
        if (captions.segments().isEmpty()) {
            if (journal != null) {
                journal.discard();
            }
            if (ending.code() == CloseCode.NORMAL) {
                noSpeech();
            }
            finish(ending.code(), ending.reason());
            return;
        }
        Transcript transcript = new Transcript(recording, captions.segments(), AudioFormat.seconds(receivedBytes()));
        context.archive()
                .store(transcript, journal)
                .whenComplete((stored, fault) -> worker.submit(() -> onArchived(stored, fault)));
    }

    private void onArchived(StoredTranscript stored, Throwable fault) {
        if (fault == null) {
            channel.send(
                    new SessionEvent.Saved(stored.key(), id, stored.location(), AudioFormat.seconds(receivedBytes())));
            finish(ending.code(), ending.reason());
            return;
        }
        Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
        String message = cause instanceof ArchiveDelayedException
                ? cause.getMessage()
                : "The transcript could not be stored: " + cause.getMessage();
        channel.send(new SessionEvent.Problem(ErrorCode.ARCHIVE_DELAYED, message, true, OptionalLong.empty()));
        finish(ending.code(), "archive delayed");
    }

    private void noSpeech() {
        channel.send(new SessionEvent.Problem(
                ErrorCode.NO_SPEECH, "No speech was recognised, so nothing was stored.", true, OptionalLong.empty()));
    }

    private void finish(CloseCode code, String reason) {
        life = Life.ENDED;
        channel.close(code, reason);
        context.onEnded().accept(this);
        if (upstream != null) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "Recording {0} ended: {1}; engine={2} audio={3}s segments={4} bytes={5}",
                    id,
                    reason,
                    context.recognizer().engine(),
                    String.format(Locale.ROOT, "%.1f", AudioFormat.seconds(receivedBytes())),
                    captions.segments().size(),
                    Long.toString(receivedBytes()));
        }
    }

    private long receivedBytes() {
        return upstream == null ? 0 : upstream.receivedBytes();
    }

    /** Says only what is new: a planned change of streams does not concern the client. */
    private void tell(UpstreamState state) {
        if (state != told) {
            told = state;
            channel.send(new SessionEvent.Status(state, context.recognizer().engine(), languageCode));
        }
    }

    private void onJournalFault(Throwable fault) {
        if (!journalFaultTold) {
            journalFaultTold = true;
            LOG.log(
                    System.Logger.Level.ERROR,
                    "Recording " + id + ": the journal cannot be written, check JOURNAL_DIR "
                            + "and its disk. The text is kept in memory and archived at the end.",
                    fault);
            problem(
                    ErrorCode.STORAGE_FAILED,
                    "The server cannot write its journal. The text is kept in memory and will be stored at the end; "
                            + "the operator should check the disk.");
        }
    }

    private void onInternalFault(RuntimeException fault) {
        LOG.log(System.Logger.Level.ERROR, "Recording " + id + ": a fault in Steno itself; please report it.", fault);
        if (life == Life.OPEN) {
            fail(ErrorCode.RECOGNIZER_FAILED, CloseCode.SERVER_ERROR, "A fault in the server ended this recording.");
        } else if (life == Life.STOPPING) {
            upstream.abort();
            releasePermit();
            finish(CloseCode.SERVER_ERROR, "a fault in Steno"); // the journal stays, and the next start archives it
        }
    }

    /** What the upstream side says, on the worker. */
    private final class UpstreamEvents implements Upstream.Owner {
        @Override
        public void onPartial(RecognitionResult result) {
            captions.addPartial(result);
        }

        @Override
        public void onFinal(RecognitionResult result) {
            captions.addFinal(result);
        }

        @Override
        public void onSettled() {
            captions.settle();
        }

        @Override
        public void onState(UpstreamState state) {
            if (life == Life.OPEN) {
                clock.onState(state, context.time().nanoTime());
                tell(state);
            }
        }

        @Override
        public void onDropped(double start, double end) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Recording " + id + ": " + (end - start) + " s of audio were dropped, "
                            + "because the engine fell behind. Lower SESSION_LIMIT or use a faster machine.");
            channel.send(new SessionEvent.AudioDropped(clock.state(), start, end));
        }

        @Override
        public void onFinished() {
            conclude();
        }

        @Override
        public void onFailed(RecognitionFailure failure) {
            captions.settle();
            ErrorCode code = failureCode(failure);
            CloseCode close = code == ErrorCode.BUSY ? CloseCode.TRY_AGAIN_LATER : CloseCode.SERVER_ERROR;
            LOG.log(System.Logger.Level.WARNING, "Recording {0}: {1} {2}", id, failure.message(), failure.remedy());
            channel.send(new SessionEvent.Problem(
                    code, failure.message() + " " + failure.remedy(), true, OptionalLong.empty()));
            if (ending == null) {
                ending = new Ending(close, code.wireName());
            }
            life = Life.STOPPING;
            conclude();
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
