package dev.steno.session.node;

import dev.steno.archive.RestorableRecording;
import dev.steno.recognition.RefusedOptionsException;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionEvent;
import dev.steno.session.mailbox.SessionWorker;
import dev.steno.session.recording.LiveRecording;
import dev.steno.session.recording.RecordingClient;
import dev.steno.session.recording.RecordingRequest;
import dev.steno.session.recording.WrongAudio;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.TranscriptSegment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The recording of one session: none yet, waiting for its place, or running. Belongs to the session's worker. */
final class RecordingSlot implements Opening.Listener {
    private final SessionFactory shared;
    private final SessionOwner owner;
    private final SessionWorker worker;
    private final RecordingClient client;
    private final SharedLink link;

    private WrongAudio wrongAudio;
    private Opening opening;
    private LiveRecording recording;
    private volatile boolean holdsPlace;
    /** Where the client's audio begins if it could not keep the beginning. */
    private long startAt;
    /** Of a restored recording whose client is not back yet. */
    private Map<String, String> restoredOptions;

    RecordingSlot(
            SessionFactory shared, SessionOwner owner, SessionWorker worker, RecordingClient client, SharedLink link) {
        this.shared = shared;
        this.owner = owner;
        this.worker = worker;
        this.client = client;
        this.link = link;
    }

    /** The recording, once it has its place. */
    Optional<LiveRecording> recording() {
        return Optional.ofNullable(recording);
    }

    /** Whether {@code start} comes too late. */
    boolean isTaken() {
        return recording != null || opening != null;
    }

    /** By any thread. */
    boolean holdsPlace() {
        return holdsPlace;
    }

    List<TranscriptSegment> shownFrom(int number) {
        return recording == null ? List.of() : recording.shownFrom(number);
    }

    long receivedBytes() {
        return recording == null ? startAt + waitingAtOpening() : recording.receivedBytes();
    }

    long waitingBytes() {
        return recording == null ? waitingAtOpening() : recording.waitingBytes();
    }

    private long waitingAtOpening() {
        return opening == null ? 0 : opening.audioBytes();
    }

    /** @return why a first chunk like this is not what Steno takes */
    Optional<String> refusal(byte[] pcm) {
        return wrongAudio().refusal(pcm);
    }

    private WrongAudio wrongAudio() {
        if (wrongAudio == null) {
            wrongAudio = new WrongAudio(now());
        }
        return wrongAudio;
    }

    /** Asks for a place, unless the options are refused: another {@code start} may follow then. */
    void begin(Map<String, String> options, boolean live) {
        Optional<String> refusal =
                link.refusal(options).or(() -> shared.recordings().refusal(options));
        if (refusal.isPresent()) {
            refuse(ErrorCode.BAD_OPTION, refusal.get());
            return;
        }
        try {
            RecordingRequest request = new RecordingRequest(
                    shared.defaults().prepare(owner.id(), options, live), options, owner.caller(), live);
            opening = new Opening(request, owner, shared.places(), worker, this);
            opening.begin(now());
        } catch (RefusedOptionsException e) {
            refuse(
                    switch (e.reason()) {
                        case BAD_OPTION -> ErrorCode.BAD_OPTION;
                        case UNSUPPORTED_LANGUAGE -> ErrorCode.UNSUPPORTED_LANGUAGE;
                    },
                    e.getMessage());
        }
    }

    private void refuse(ErrorCode code, String message) {
        client.tell(new SessionEvent.Problem(code, message, false, OptionalLong.empty()));
    }

    @Override
    public void onPlace(Opening opened) {
        opening = null;
        create(opened.request());
        recording.open();
        link.onStarted(opened.request().options());
        recording.skip(startAt);
        opened.runAfterwards();
    }

    @Override
    public void onNoPlace(String refusal) {
        fail(ErrorCode.BUSY, CloseCode.TRY_AGAIN_LATER, refusal);
    }

    private void create(RecordingRequest request) {
        recording = shared.recordings().create(request, worker, client, wrongAudio());
        holdsPlace = true;
    }

    void restore(RecordingRequest request, RestorableRecording lost) {
        restoredOptions = lost.options();
        shared.places().takeAgain(owner);
        create(request);
        recording.restore(lost);
    }

    /** Whether the recording is another process's, and its client comes back only now. */
    boolean awaitsRestoredClient() {
        return restoredOptions != null;
    }

    /** The client is back. */
    void onResumed() {
        if (recording != null) {
            recording.onResumed();
        }
        if (restoredOptions != null) {
            link.onStarted(restoredOptions);
            restoredOptions = null;
        }
    }

    /** The client has no audio before this position, which is not believed if it lies beyond the longest recording. */
    void skip(long position) {
        long longest = shared.recordings().limits().maxDuration().toSeconds() * AudioFormat.BYTES_PER_SECOND;
        if (position > receivedBytes() + longest) {
            return;
        }
        if (recording == null) {
            startAt = Math.max(startAt, position);
        } else {
            recording.skip(position);
        }
    }

    /** @return completes when a crash cannot forget these tokens; at once where there is no journal yet */
    CompletionStage<Void> remember(List<String> tokenHashes) {
        return recording == null ? CompletableFuture.completedFuture(null) : recording.tokens(tokenHashes);
    }

    void audio(byte[] pcm) {
        if (opening != null
                && opening.audioBytes() + pcm.length > shared.recordings().replayBufferBytes()) {
            fail(ErrorCode.TOO_FAST, CloseCode.POLICY, "Audio came faster than the speed of speech.");
        } else if (opening != null) {
            opening.later(() -> recording.audio(pcm), pcm.length);
        } else if (recording != null) {
            recording.audio(pcm);
        }
    }

    void pause() {
        if (opening != null) {
            opening.later(() -> recording.pause(), 0);
        } else if (recording != null) {
            recording.pause();
        }
    }

    void tick() {
        if (recording != null) {
            recording.tick();
        } else if (opening != null) {
            opening.tick(now());
        }
    }

    /** Whether the next {@link #tick} should come soon. */
    boolean ticksOften() {
        return opening != null || (recording != null && recording.ticksOften());
    }

    /** Tells the client why, then ends as {@code stop} does. */
    void fail(ErrorCode code, CloseCode close, String message) {
        if (recording != null) {
            recording.fail(code, close, message);
        } else {
            client.tell(new SessionEvent.Problem(code, message, true, OptionalLong.empty()));
            client.onEnded(close, code.wireName());
        }
    }

    void stop(CloseCode close, String why) {
        if (opening != null && close == CloseCode.NORMAL) {
            opening.later(() -> recording.stop(close, why), 0);
        } else if (recording != null) {
            recording.stop(close, why);
        } else {
            if (close == CloseCode.NORMAL) {
                client.tell(LiveRecording.NO_SPEECH);
            }
            client.onEnded(close, why);
        }
    }

    /** The session is over. */
    void close() {
        if (opening != null) {
            opening.abort();
            opening = null;
        }
        holdsPlace = false;
    }

    private long now() {
        return shared.time().nanoTime();
    }
}
