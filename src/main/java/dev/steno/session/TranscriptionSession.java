package dev.steno.session;

import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RefusedOptionsException;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One client and its recording: new until the first audio or {@code start}, then as its {@link LiveRecording} is. The
 * public methods may be called by any thread and return at once; what they ask for happens on the session's worker, in the
 * order of the calls.
 */
public final class TranscriptionSession {
    /** Waiting client frames: a 45 s backlog in frames of 20 ms, and room to spare. */
    private static final int CLIENT_TASKS = 4_096;

    /** A client that makes this many mistakes is broken and will make more. */
    private static final int MISTAKES = 20;

    /** Between the 25 s and 60 s after which proxies and servers take a silent connection for dead. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(25);

    private static final System.Logger LOG = System.getLogger(TranscriptionSession.class.getName());

    private final SessionId id = SessionId.random();
    private final SessionContext context;
    private final ClientChannel channel;
    private final SessionWorker worker;
    private final long connectedAt;
    private final AtomicBoolean tickWaits = new AtomicBoolean();

    // All below belongs to the worker.
    private LiveRecording recording;
    private boolean ended;
    private int mistakes;
    private long keptAliveAt;

    TranscriptionSession(SessionContext context, ClientChannel channel) {
        this.context = context;
        this.channel = channel;
        this.worker = new SessionWorker(context.executor(), CLIENT_TASKS, this::onInternalFault);
        this.connectedAt = context.time().nanoTime();
        this.keptAliveAt = connectedAt;
        channel.send(new SessionEvent.Connected(id, context.recognizer().engine(), context.languageCode()));
    }

    public SessionId id() {
        return id;
    }

    /**
     * Begins a recording with options; optional, before the first audio.
     *
     * @param options by name; what is not named is as configured
     */
    public void start(Map<String, String> options) {
        offer(() -> onStart(options));
    }

    /** @param pcm one chunk in the format of {@link AudioFormat}; the session keeps the array */
    public void audio(byte[] pcm) {
        offer(() -> onAudio(pcm));
    }

    /** Settles the current partial and ends the upstream stream; the next audio goes on. */
    public void pause() {
        offer(() -> {
            if (recording != null) {
                recording.pause();
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

    private void onStart(Map<String, String> options) {
        if (ended) {
            return;
        }
        if (recording != null) {
            problem(ErrorCode.BAD_OPTION, "The recording runs already. Send start once, before the first audio.");
        } else {
            begin(options);
        }
    }

    private void onAudio(byte[] pcm) {
        if (pcm.length == 0 || pcm.length % AudioFormat.BYTES_PER_SAMPLE != 0) {
            onMistake(
                    ErrorCode.BAD_AUDIO,
                    "A chunk of " + pcm.length + " bytes was refused: audio is 16-bit samples, at least one of them.");
            return;
        }
        if (recording == null && !ended) {
            begin(Map.of());
        }
        if (recording != null) {
            recording.audio(pcm);
        }
    }

    /** Opens a recording, unless the engine refuses the options: another {@code start} may follow then. */
    private void begin(Map<String, String> options) {
        try {
            begin(context.recognizer().prepare(id, context.defaults(), options));
        } catch (RefusedOptionsException e) {
            problem(
                    switch (e.reason()) {
                        case BAD_OPTION -> ErrorCode.BAD_OPTION;
                        case UNSUPPORTED_LANGUAGE -> ErrorCode.UNSUPPORTED_LANGUAGE;
                    },
                    e.getMessage());
        }
    }

    /** Takes a permit and opens a recording; without a permit the session is over. */
    private void begin(RecognitionRequest request) {
        if (context.permits().tryAcquire()) {
            recording = new LiveRecording(context, request, worker, channel, this::close);
            recording.open();
        } else {
            fail(
                    ErrorCode.BUSY,
                    CloseCode.TRY_AGAIN_LATER,
                    "All " + context.limits().recordings() + " recordings that this server can run at once are taken. "
                            + "Try again in a minute, or raise SESSION_LIMIT.");
        }
    }

    private void onMistake(ErrorCode code, String message) {
        if (ended) {
            return;
        }
        mistakes++;
        if (mistakes >= MISTAKES) {
            fail(code, CloseCode.POLICY, message + " That was mistake " + mistakes + "; the recording ends here.");
            return;
        }
        long received = recording == null ? 0 : recording.receivedBytes();
        OptionalLong shown = code == ErrorCode.BAD_AUDIO ? OptionalLong.of(received) : OptionalLong.empty();
        channel.send(new SessionEvent.Problem(code, message, false, shown));
    }

    private void onTick() {
        tickWaits.set(false);
        long now = context.time().nanoTime();
        if (recording != null) {
            recording.tick();
        } else if (now - connectedAt >= context.limits().startTimeout().toNanos()) {
            fail(ErrorCode.SESSION_EXPIRED, CloseCode.POLICY, "No audio came. Connect again when there is some.");
        }
        if (!ended && now - keptAliveAt >= KEEP_ALIVE.toNanos()) {
            keptAliveAt = now;
            channel.keepAlive();
        }
    }

    private void problem(ErrorCode code, String message) {
        channel.send(new SessionEvent.Problem(code, message, false, OptionalLong.empty()));
    }

    /** Tells the client why, then ends as {@code stop} does. */
    private void fail(ErrorCode code, CloseCode closeCode, String message) {
        if (recording != null) {
            recording.fail(code, closeCode, message);
        } else if (!ended) {
            channel.send(new SessionEvent.Problem(code, message, true, OptionalLong.empty()));
            close(closeCode, code.wireName());
        }
    }

    private void end(CloseCode code, String reason) {
        if (recording != null) {
            recording.end(code, reason);
        } else if (!ended) {
            if (code == CloseCode.NORMAL) {
                channel.send(LiveRecording.NO_SPEECH);
            }
            close(code, reason);
        }
    }

    private void close(CloseCode code, String reason) {
        ended = true;
        channel.close(code, reason);
        context.onEnded().accept(this);
    }

    private void onInternalFault(RuntimeException fault) {
        LOG.log(System.Logger.Level.ERROR, "Session " + id + ": a fault in Steno itself; please report it.", fault);
        if (recording != null) {
            recording.onInternalFault();
        }
    }
}
