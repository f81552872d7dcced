package dev.steno.session.node;

import dev.steno.archive.RestorableRecording;
import dev.steno.caller.Caller;
import dev.steno.logging.LogEvent;
import dev.steno.recognition.EngineOrder;
import dev.steno.recognition.RefusedOptionsException;
import dev.steno.session.ClientChannel;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.Sharing;
import dev.steno.session.mailbox.SessionWorker;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.session.recording.LiveRecording;
import dev.steno.session.recording.RecordingClient;
import dev.steno.session.recording.RecordingOptions;
import dev.steno.session.recording.RecordingRequest;
import dev.steno.session.recording.WrongAudio;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/**
 * One client and its recording: new until the first audio or {@code start}, then as its {@link LiveRecording} is. The
 * client speaks through a {@link ClientConnection}, and may come back through another when one is lost. Everything happens
 * on the session's worker; what is not private may be called there only, unless it says otherwise.
 */
final class TranscriptionSession {
    /** Waiting client frames: a 45 s backlog in frames of 10 ms, and room to spare. */
    private static final int CLIENT_TASKS = 8_192;

    /** A client that makes this many mistakes is broken and will make more. */
    private static final int MISTAKES = 20;

    /** Between the 25 s and 60 s after which proxies and servers take a silent connection for dead. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(25);

    /** So many pings without an answer, and the link is dead, even if no server or network said so. */
    private static final int UNANSWERED_PINGS = 2;

    /** Time-outs are seconds and more: while nothing else waits for time to pass, this is often enough to see them. */
    private static final Duration CALM = Duration.ofMillis(500);

    /** A client that resumes is not kept waiting for a disk that does not answer. */
    private static final Duration JOURNAL_PATIENCE = Duration.ofSeconds(2);

    static final SessionEvent EXPIRED = new SessionEvent.Problem(
            ErrorCode.SESSION_EXPIRED,
            "There is no such recording to resume: it ended, and what was recognised is archived. Start a new one.",
            true,
            OptionalLong.empty());

    private static final String TOO_MANY_MESSAGES =
            "More messages came than can be handled. Send chunks of 100 ms: ten a second.";

    private static final SessionEvent TAKEN_OVER = new SessionEvent.Problem(
            ErrorCode.SESSION_EXPIRED,
            "The recording was resumed over another connection.",
            true,
            OptionalLong.empty());

    private static final System.Logger LOG = System.getLogger(TranscriptionSession.class.getName());

    private final SessionId id;
    private final SessionContext context;
    private final Caller owner;
    private final SessionWorker worker;
    private final long connectedAt;
    private final AtomicBoolean tickWaits = new AtomicBoolean();
    private final Delivery client;
    private final SessionTokens tokens;

    /** No tick is needed before, as {@link TimeSource#nanoTime}. */
    private volatile long calmUntil;

    private ClientConnection current;
    /** While the recording waits for its place. */
    private PlaceWait opening;

    private LiveRecording recording;
    private volatile boolean holdsPlace;
    private WrongAudio wrongAudio;
    /** Nobody can resume the session any more. */
    private boolean forgotten;

    private CloseCode endedWith;
    private String endReason;
    private int mistakes;
    private long keptAliveAt;
    private int unansweredPings;
    /** A client that returned, and waits for the journal to know its new token. */
    private record Resuming(long since, Runnable goOn) {}

    private Resuming resuming;

    /** Null while the client is there, or was never lost; else when it was, as nanoTime. Read by any thread. */
    private volatile Long lostSince;

    private long lostAt;
    /** Where the client's audio begins if it could not keep the beginning. */
    private long startAt;

    /** Of a restored recording whose client is not back yet. */
    private Map<String, String> restoredOptions;

    /** @param owner whom the session belongs to: nobody with another identity may resume it */
    TranscriptionSession(SessionContext context, Caller owner) {
        this(context, owner, SessionId.random());
    }

    private TranscriptionSession(SessionContext context, Caller owner, SessionId id) {
        this.context = context;
        this.id = id;
        this.owner = owner;
        this.tokens = new SessionTokens(context.tokens(), this);
        this.worker = new SessionWorker(context.executor(), CLIENT_TASKS, this::onInternalFault);
        this.client = new Delivery(context.observer(), worker::submit);
        this.connectedAt = now();
        this.calmUntil = connectedAt;
        this.keptAliveAt = connectedAt;
        this.lostAt = connectedAt;
    }

    /**
     * A session that goes on after its process ended, for a client that is about to resume it.
     *
     * @throws RefusedOptionsException if the recording's options are not possible on this server
     */
    static TranscriptionSession restored(SessionContext context, Caller owner, RestorableRecording lost)
            throws RefusedOptionsException {
        SessionId id = lost.recording().sessionId();
        EngineOrder engines =
                context.engines().prepare(id, context.defaults(), RecordingOptions.forEngine(lost.options(), false));
        TranscriptionSession session = new TranscriptionSession(context, owner, id);
        lost.tokenHashes().forEach(session.tokens::add);
        session.worker.submit(() -> session.restore(engines, lost));
        return session;
    }

    private void restore(EngineOrder engines, RestorableRecording lost) {
        restoredOptions = lost.options();
        context.quota().resumeRecording(owner, id);
        recording = newRecording(engines, lost.options());
        holdsPlace = true;
        recording.restore(lost);
    }

    /** By any thread. */
    SessionId id() {
        return id;
    }

    /** When the client was lost that holds a place; empty if it is there. By any thread. */
    Optional<Long> lostSince() {
        return Optional.ofNullable(lostSince);
    }

    /** Whether a recording runs. By any thread. */
    boolean holdsPlace() {
        return holdsPlace;
    }

    /** Whether it counts together with what another caller has. By any thread. */
    boolean countsFor(Caller caller) {
        return owner.account().equals(caller.account());
    }

    /** Ends a recording whose client is lost, because the same caller needs its place. By any thread. */
    void makeRoom() {
        worker.submit(() -> {
            if (current == null) {
                stop(CloseCode.NORMAL, "a newer recording of the same caller takes its place");
            }
        });
    }

    /** By any thread. */
    boolean belongsTo(Caller caller) {
        return owner.identity().equals(caller.identity());
    }

    /** The first connection. By any thread, once. */
    ClientConnection connect(ClientChannel channel) {
        ClientConnection connection = new ClientConnection(channel, context.time()).bind(this);
        worker.submit(() -> {
            current = connection;
            introduce(connection, tokens.issue(), OptionalLong.empty());
        });
        return connection;
    }

    /**
     * Another connection, which takes the place of the one before. By any thread.
     *
     * @param held finals that the client has
     * @param from the first byte of audio that it has
     */
    void resume(ClientConnection connection, int held, long from) {
        connection.bind(this);
        worker.submit(() -> onResume(connection, held, from));
    }

    /** The server goes down. By any thread. */
    void drain() {
        worker.submit(() -> {
            if (recording != null && context.limits().handOver()) {
                recording.handOver(lastWords());
            } else if (recording != null) {
                recording.stop(CloseCode.SERVICE_RESTART, "the server shuts down", lastWords());
            } else {
                stop(CloseCode.SERVICE_RESTART, "the server shuts down");
            }
        });
    }

    /** Of the time for a shutdown, a quarter is for disk and archive. */
    private Duration lastWords() {
        return context.limits().drainTimeout().multipliedBy(3).dividedBy(4);
    }

    /** Does what is due; to be called about ten times a second, by any thread. Passes over most calls while all is calm. */
    void tick() {
        if (now() - calmUntil >= 0 && tickWaits.compareAndSet(false, true)) {
            worker.submit(this::onTick);
        } else {
            worker.wake();
        }
    }

    /** An ended session cannot be resumed any more. By any thread. */
    void forget() {
        worker.submit(() -> {
            forgotten = true;
            tokens.revokeAll();
            if (recording != null) {
                recording.forget();
            }
        });
    }

    /** Does what a client asked for, if it does not ask for too much at once. By any thread. */
    void offer(ClientConnection from, Runnable task) {
        worker.offer(
                () -> handle(from, task),
                () -> handle(from, () -> fail(ErrorCode.TOO_FAST, CloseCode.POLICY, TOO_MANY_MESSAGES)));
    }

    /** As {@link #offer}, for what cannot be refused. By any thread. */
    void submit(ClientConnection from, Runnable task) {
        worker.submit(() -> handle(from, task));
    }

    /** The end of a connection: no sign that the client ever got what was sent over it. By any thread. */
    void submitEnd(ClientConnection of, Runnable task) {
        worker.submit(() -> {
            if (of == current) {
                task.run();
            }
        });
    }

    long now() {
        return context.time().nanoTime();
    }

    private void handle(ClientConnection from, Runnable task) {
        if (from == current) {
            if (from.onFrame(now()) && tokens.revokeOlder()) {
                rememberTokens();
            }
            if (from.floods()) {
                fail(ErrorCode.TOO_FAST, CloseCode.POLICY, TOO_MANY_MESSAGES);
            }
            task.run();
        }
    }

    private void onResume(ClientConnection connection, int held, long from) {
        if (forgotten || (ended() && recording == null)) {
            connection.channel().send(EXPIRED);
            connection.channel().close(CloseCode.POLICY, ErrorCode.SESSION_EXPIRED.wireName());
            return;
        }
        client.tell(TAKEN_OVER);
        client.closeNow(CloseCode.POLICY, "resumed over another connection");
        current = connection;
        lostSince = null;
        String token = tokens.issue();
        CompletionStage<Void> remembered = ended() && recording != null ? recording.recall() : rememberTokens();
        if (!ended() && remembered.toCompletableFuture().isDone()) {
            goOn(connection, token, held, from);
        } else { // a client must not hold a token that a crash forgets
            long since = now();
            Runnable goOn = () -> goOn(connection, token, held, from);
            resuming = new Resuming(since, goOn);
            remembered.whenComplete((written, fault) -> worker.submit(() -> finishResuming(since)));
        }
    }

    /** @param since which resume: another one may have begun, and time may have ended the wait */
    private void finishResuming(long since) {
        if (resuming != null && resuming.since() == since) {
            Runnable goOn = resuming.goOn();
            resuming = null;
            goOn.run();
        }
    }

    private void goOn(ClientConnection connection, String token, int held, long from) {
        if (connection != current) {
            connection.channel().send(TAKEN_OVER);
            connection.channel().close(CloseCode.POLICY, "resumed over another connection");
            return;
        }
        skip(from);
        introduce(connection, token, OptionalLong.of(receivedBytes()));
        if (recording != null) {
            recording.onResumed();
            client.catchUp(held);
        }
        if (restoredOptions != null) {
            context.sharing().onStarted(recorder(), restoredOptions);
            restoredOptions = null;
        }
        if (ended()) {
            client.close(endedWith, endReason);
            releaseEnded();
        } else if (connection.gone()) {
            onLost();
        }
    }

    /** The client begins again further on than it should. */
    private void skip(long from) {
        long position = from + from % AudioFormat.BYTES_PER_SAMPLE;
        long most = receivedBytes()
                + context.recordings().limits().maxDuration().toSeconds() * AudioFormat.BYTES_PER_SECOND;
        if (ended() || position > most) {
            return;
        }
        if (recording == null) {
            startAt = Math.max(startAt, position);
        } else {
            recording.skip(position);
        }
    }

    /** Completes at once where there is no journal yet. */
    private CompletionStage<Void> rememberTokens() {
        return recording == null ? CompletableFuture.completedFuture(null) : recording.tokens(tokens.hashes());
    }

    private void introduce(ClientConnection connection, String token, OptionalLong resumedAt) {
        client.attach(connection.channel());
        client.tell(new SessionEvent.Connected(
                id, token, context.engines().first().engine(), context.languageCode(), resumedAt));
    }

    void onStart(Map<String, String> options) {
        if (ended()) {
            return;
        }
        if (recording != null || opening != null) {
            problem(ErrorCode.BAD_OPTION, "The recording runs already. Send start once, before the first audio.");
        } else {
            begin(options);
        }
    }

    void onAudio(byte[] pcm) {
        if (pcm.length == 0 || pcm.length % AudioFormat.BYTES_PER_SAMPLE != 0) {
            onMistake(
                    ErrorCode.BAD_AUDIO,
                    "A chunk of " + pcm.length + " bytes was refused: audio is 16-bit samples, at least one of them.");
            return;
        }
        if (ended()) {
            return;
        }
        Optional<String> wrong = wrongAudio().refusal(pcm);
        if (wrong.isPresent()) {
            onMistake(ErrorCode.BAD_AUDIO, wrong.get());
            return;
        }
        if (recording == null && opening == null) {
            begin(Map.of());
        }
        if (opening != null
                && opening.audioBytes() + pcm.length > context.recordings().replayBufferBytes()) {
            fail(ErrorCode.TOO_FAST, CloseCode.POLICY, "Audio came faster than the speed of speech.");
        } else if (opening != null) {
            opening.later(() -> recording.audio(pcm), pcm.length);
        } else if (recording != null) {
            recording.audio(pcm);
        }
    }

    private WrongAudio wrongAudio() {
        if (wrongAudio == null) {
            wrongAudio = new WrongAudio(now());
        }
        return wrongAudio;
    }

    void onAskWaiting(LongConsumer answer) {
        if (!ended()) {
            long waiting = opening == null ? 0 : opening.audioBytes();
            answer.accept(recording == null ? waiting : recording.waitingBytes());
        }
    }

    void onShare(Optional<String> room) {
        if (!ended()) {
            context.sharing().share(recorder(), room);
        }
    }

    void onUnshare() {
        context.sharing().unshare(id);
    }

    private Sharing.Recorder recorder() {
        String base = current == null ? "" : current.channel().base();
        return new Sharing.Recorder(id, owner, base, event -> worker.submit(() -> client.tell(event)));
    }

    void onPause() {
        if (opening != null) {
            opening.later(() -> recording.pause(), 0);
        } else if (recording != null) {
            recording.pause();
        }
    }

    void onStop() {
        stop(CloseCode.NORMAL, "stopped");
    }

    void onClosed() {
        onGone();
        stop(CloseCode.NORMAL, "the client closed the connection");
    }

    void onLost() {
        onGone();
        if (context.limits().resumeWindow().isZero()) {
            stop(CloseCode.NORMAL, "the client was lost");
        } else {
            LOG.log(System.Logger.Level.DEBUG, "Session {0}: the client was lost and may resume.", id);
        }
    }

    private void onGone() {
        client.detach();
        releaseEnded();
        current = null;
        lostAt = now();
        lostSince = lostAt;
    }

    private void releaseEnded() {
        if (ended() && recording != null && !client.attached()) {
            recording.release();
        }
    }

    /** Opens a recording, unless the engine refuses the options: another {@code start} may follow then. */
    private void begin(Map<String, String> options) {
        Optional<String> refusal = context.sharing().refusal(options);
        if (refusal.isPresent()) {
            problem(ErrorCode.BAD_OPTION, refusal.get());
            return;
        }
        try {
            Map<String, String> wanted =
                    RecordingOptions.forEngine(options, context.limits().live());
            begin(context.engines().prepare(id, context.defaults(), wanted), options);
        } catch (RefusedOptionsException e) {
            problem(
                    switch (e.reason()) {
                        case BAD_OPTION -> ErrorCode.BAD_OPTION;
                        case UNSUPPORTED_LANGUAGE -> ErrorCode.UNSUPPORTED_LANGUAGE;
                    },
                    e.getMessage());
        }
    }

    /** Asks for a place and opens a recording; without a place the session is over. */
    private void begin(EngineOrder engines, Map<String, String> options) {
        opening = new PlaceWait(engines, options, now());
        askForPlace();
    }

    private void askForPlace() {
        CompletionStage<Optional<String>> asked = context.quota().begin(owner, id);
        CompletableFuture<Optional<String>> answer = asked.toCompletableFuture();
        if (answer.isDone()) {
            onPlace(answer.join());
        } else {
            asked.whenComplete((refusal, fault) -> worker.submit(() ->
                    onPlace(fault == null ? refusal : Optional.of("The server cannot count its recordings now."))));
        }
    }

    private void onPlace(Optional<String> refusal) {
        if (opening == null && refusal.isEmpty()) {
            context.quota().end(owner, id); // the session ended while it was asked for
        } else if (opening != null && refusal.isEmpty()) {
            opened();
        } else if (opening != null) {
            onNoPlace(refusal.get());
        }
    }

    /** A client that reconnects instead of resuming may hold all places itself, with recordings that it will not resume. */
    private void onNoPlace(String refusal) {
        boolean madeRoom = !opening.roomIsMade()
                && context.quota().isFullFor(owner)
                && context.endLost().test(owner);
        if (opening.refused(madeRoom, now())) {
            calmUntil = now();
        } else {
            fail(ErrorCode.BUSY, CloseCode.TRY_AGAIN_LATER, refusal);
        }
    }

    private void opened() {
        PlaceWait done = opening;
        opening = null;
        recording = newRecording(done.engines(), done.options());
        holdsPlace = true;
        recording.open();
        context.sharing().onStarted(recorder(), done.options());
        recording.skip(startAt);
        done.done();
    }

    private LiveRecording newRecording(EngineOrder engines, Map<String, String> options) {
        RecordingRequest request =
                new RecordingRequest(engines, options, owner, context.limits().live());
        LiveRecording created = context.recordings().create(request, worker, new Client(), wrongAudio());
        client.finals(created::shownFrom);
        return created;
    }

    /** The client, as its recording sees it. */
    private final class Client implements RecordingClient {
        @Override
        public boolean attached() {
            return client.attached();
        }

        @Override
        public void send(SessionEvent event) {
            client.send(event);
        }

        @Override
        public void tell(SessionEvent event) {
            client.tell(event);
        }

        @Override
        public List<String> tokenHashes() {
            return tokens.hashes();
        }

        @Override
        public void onEnded(CloseCode code, String reason) {
            close(code, reason);
        }
    }

    void onMistake(ErrorCode code, String message) {
        if (ended()) {
            return;
        }
        mistakes++;
        if (mistakes >= MISTAKES) {
            fail(code, CloseCode.POLICY, message + " That was mistake " + mistakes + "; the recording ends here.");
            return;
        }
        OptionalLong shown = code == ErrorCode.BAD_AUDIO ? OptionalLong.of(receivedBytes()) : OptionalLong.empty();
        client.tell(new SessionEvent.Problem(code, message, false, shown));
    }

    private void onTick() {
        tickWaits.set(false);
        if (ended()) {
            return;
        }
        long now = now();
        if (resuming != null && passed(JOURNAL_PATIENCE, resuming.since(), now)) {
            finishResuming(resuming.since());
        }
        boolean often = opening != null || (recording != null && recording.ticksOften());
        calmUntil = now + (often ? 0 : CALM.toNanos());
        if (recording != null) {
            recording.tick();
        } else if (opening != null) {
            if (opening.askNow(now)) {
                askForPlace();
            }
        } else if (passed(context.limits().startTimeout(), connectedAt, now)) {
            fail(ErrorCode.SESSION_EXPIRED, CloseCode.POLICY, "No audio came. Connect again when there is some.");
        }
        if (current == null) {
            if (passed(context.limits().resumeWindow(), lostAt, now)) {
                stop(CloseCode.NORMAL, "the client did not come back");
            }
        } else if (passed(KEEP_ALIVE, keptAliveAt, now)) {
            keepAlive(now);
        }
    }

    private void keepAlive(long now) {
        boolean answered = current.heardAt() - keptAliveAt >= 0;
        unansweredPings = answered ? 0 : unansweredPings + 1;
        keptAliveAt = now;
        if (unansweredPings < UNANSWERED_PINGS) {
            client.keepAlive();
        } else {
            client.closeNow(CloseCode.GOING_AWAY, "no answer to pings");
            onLost();
        }
    }

    private static boolean passed(Duration time, long since, long now) {
        return now - since >= time.toNanos();
    }

    private boolean ended() {
        return endedWith != null;
    }

    private long receivedBytes() {
        long waiting = opening == null ? 0 : opening.audioBytes();
        return recording == null ? startAt + waiting : recording.receivedBytes();
    }

    private void problem(ErrorCode code, String message) {
        client.tell(new SessionEvent.Problem(code, message, false, OptionalLong.empty()));
    }

    /** Tells the client why, then ends as {@code stop} does. */
    private void fail(ErrorCode code, CloseCode closeCode, String message) {
        if (recording != null) {
            recording.fail(code, closeCode, message);
        } else if (!ended()) {
            client.tell(new SessionEvent.Problem(code, message, true, OptionalLong.empty()));
            close(closeCode, code.wireName());
        }
    }

    private void stop(CloseCode code, String reason) {
        if (opening != null && code == CloseCode.NORMAL) {
            opening.later(() -> recording.stop(code, reason), 0);
        } else if (recording != null) {
            recording.stop(code, reason);
        } else if (!ended()) {
            if (code == CloseCode.NORMAL) {
                client.tell(LiveRecording.NO_SPEECH);
            }
            close(code, reason);
        }
    }

    private void close(CloseCode code, String reason) {
        opening = null;
        holdsPlace = false;
        endedWith = code;
        endReason = reason;
        client.close(code, reason);
        releaseEnded();
        context.sharing().onClosed(id);
        if (recording == null || recording.isElsewhere()) {
            tokens.revokeAll();
        }
        context.onEnded().accept(this);
    }

    private void onInternalFault(Throwable fault) {
        try {
            LogEvent.of("session_fault", "Session " + id + ": a fault in Steno itself; please report it.")
                    .session(id)
                    .thrown(fault)
                    .log(LOG, System.Logger.Level.ERROR);
        } finally { // where classes cannot be loaded the log may fail as well
            if (recording != null) {
                recording.onInternalFault();
            } else if (!ended()) {
                close(CloseCode.SERVER_ERROR, "a fault in Steno");
            }
        }
    }
}
