package dev.steno.protocol.files;

import dev.steno.archive.TranscriptStem;
import dev.steno.caller.Caller;
import dev.steno.session.ClientChannel;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionConnection;
import dev.steno.session.SessionEvent;
import dev.steno.transcript.SessionId;
import dev.steno.transcript.TranscriptSegment;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One file on its way through a session, in the place of a client: hears what is recognised and answers with it. The
 * lock makes one order of what the session, the clock and the connection say; nothing waits while it is held.
 */
final class FileTranscription implements ClientChannel {
    /** What comes before the transcription. */
    interface Receiving {
        Receiving NOTHING = new Receiving() {
            @Override
            public void tick() {}

            @Override
            public void abort() {}
        };

        /** Comes about once a second. */
        void tick();

        /** Nobody wants what comes. Again is the same as once. */
        void abort();
    }

    private static final System.Logger LOG = System.getLogger(FileTranscription.class.getName());

    private final FileDoor door;
    private final Caller caller;
    private final ResponseWriter response;
    private final List<TranscriptSegment> segments = new ArrayList<>();
    /** The upload while it comes. */
    private Receiving upload = Receiving.NOTHING;

    private Answer answer;
    private UploadForm form;
    private WavHeader header;
    private SessionConnection session;
    private FilePump pump;
    private SessionEvent.Problem problem;
    private String languageCode = "";
    private boolean over;

    FileTranscription(FileDoor door, Caller caller, ResponseWriter response) {
        this.door = door;
        this.caller = caller;
        this.response = response;
        this.answer = new WholeAnswer(response, null);
    }

    /** @param receiving looked after until {@link #begin}. @return false if refused */
    boolean enter(Receiving receiving) {
        door.observer().onConnection(FileDoor.NAME);
        synchronized (this) {
            upload = receiving;
        }
        return door.sessions().enter(this, caller);
    }

    /**
     * The upload is complete, and makes sense.
     *
     * @param uploaded closed by this object from now on
     * @param options of the recording, by name
     */
    void begin(UploadForm uploaded, WavHeader wav, Answer how, Map<String, String> options)
            throws RefusedRequestException {
        synchronized (this) {
            upload = Receiving.NOTHING;
            form = uploaded;
            header = wav;
            answer = how;
            if (over) { // the client went in the meantime
                release();
                return;
            }
        }
        if (wav.length() == 0) {
            done();
            return;
        }
        open(options);
    }

    private void open(Map<String, String> options) throws RefusedRequestException {
        SessionConnection opened = door.sessions().openFile(this, caller);
        FilePump begun = new FilePump(new WavAudio(form.file(), header), opened, door.threads(), this::onUnreadable);
        synchronized (this) {
            session = opened;
            pump = begun;
        }
        door.recordings().await(opened.sessionId(), this::onBegun);
        opened.start(options);
        begun.ask(); // the session answers after it has taken the options, or refused them
    }

    private synchronized void onBegun(TranscriptStem stem) {
        if (!over) {
            door.observer().onRecording(FileDoor.NAME);
            answer.begun(stem);
        }
    }

    @Override
    public synchronized void send(SessionEvent event) {
        if (over) {
            return;
        }
        if (event instanceof SessionEvent.Final settled) {
            segments.add(settled.segment());
            answer.segment(settled.segment());
        } else if (event instanceof SessionEvent.Status status) {
            languageCode = status.languageCode();
        } else if (event instanceof SessionEvent.Problem told) {
            door.observer().onProblem(FileDoor.NAME, told.code());
            if (told.fatal()) {
                problem = told;
            } else if (told.code() == ErrorCode.BAD_OPTION || told.code() == ErrorCode.UNSUPPORTED_LANGUAGE) {
                refuse(Refusals.of(told));
            }
        }
    }

    @Override
    public synchronized void close(CloseCode code, String reason) {
        if (over) {
            return;
        }
        boolean harmless = problem == null
                ? code == CloseCode.NORMAL
                : problem.code() == ErrorCode.NO_SPEECH || problem.code() == ErrorCode.ARCHIVE_DELAYED;
        if (harmless) {
            done();
        } else {
            refuse(problem == null ? Refusals.of(code, reason) : Refusals.of(problem));
        }
    }

    private synchronized void done() {
        SessionId id = session == null ? SessionId.random() : session.sessionId();
        answer.done(new Transcribed(id, segments, language(), header.seconds()));
        finish();
    }

    /** Of several languages, the one that was identified first. */
    private String language() {
        return segments.stream()
                .flatMap(segment -> segment.languageCode().stream())
                .findFirst()
                .orElse(languageCode);
    }

    /** Answers with an error. */
    synchronized void refuse(RefusedRequestException why) {
        if (!over) {
            LOG.log(Level.DEBUG, "A file is refused: {0}", why.getMessage());
            answer.refused(why);
            finish();
        }
    }

    private void onUnreadable(IOException fault) {
        LOG.log(Level.WARNING, "An uploaded file cannot be read again.", fault);
        refuse(RefusedRequestException.failed(
                "disk_failed", "The server cannot read the uploaded file from its disk."));
    }

    /**
     * The client is gone: what was recognised so far is archived. A client that was told where to look is not missed.
     */
    synchronized void gone() {
        if (!over && !(answer instanceof DeferredAnswer && response.begun())) {
            finish();
        }
    }

    /** The session hears nothing of it if it is over already. */
    private void finish() {
        over = true;
        upload.abort();
        door.sessions().leave(this);
        if (session != null) {
            session.closed();
        }
        release();
    }

    private void release() {
        if (pump != null) {
            pump.end();
        }
        if (session != null) {
            door.recordings().forget(session.sessionId());
        }
        if (form != null) {
            try {
                form.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "An uploaded file cannot be erased: {0}", e.toString());
            }
        }
    }

    /** This client lives as long as its response does. */
    @Override
    public void keepAlive() {
        SessionConnection alive;
        synchronized (this) {
            alive = session;
        }
        if (alive != null) {
            alive.alive();
        }
    }

    @Override
    public synchronized void giveUpIfStuck() {
        if (!over) {
            upload.tick();
            answer.tick();
            response.tick();
        }
    }
}
