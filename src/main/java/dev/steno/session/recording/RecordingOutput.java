package dev.steno.session.recording;

import dev.steno.archive.StoredTranscript;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.RecordingListener;
import dev.steno.session.SessionEvent;
import dev.steno.session.SessionObserver.Outcome;
import dev.steno.session.upstream.LossReason;
import dev.steno.session.upstream.UpstreamState;
import dev.steno.transcript.Transcript;
import dev.steno.transcript.TranscriptSegment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells the client, the listeners, the metrics and the log what becomes of a recording. Belongs to the session's
 * worker.
 */
final class RecordingOutput {
    private final RecordingRequest request;
    private final RecordingListener.Description description;
    private final RecordingClient client;
    private final RecordingListener listener;
    private final RecordingWatch watch;
    private final RecordingLog log;
    private SessionEvent told;

    RecordingOutput(
            RecordingRequest request, RecordingClient client, RecordingListener listener, RecordingWatch watch) {
        this.request = request;
        this.description = request.description();
        this.client = client;
        this.listener = listener;
        this.watch = watch;
        this.log = new RecordingLog(request);
    }

    void started() {
        log.started();
        listener.onStarted(description);
    }

    void restored(List<TranscriptSegment> finals, long settledBytes, Instant startedAt) {
        log.restored(finals.size(), settledBytes);
        listener.onRestored(description, finals);
        listener.onFirstAudio(description, startedAt);
    }

    void firstAudio(Instant startedAt) {
        listener.onFirstAudio(description, startedAt);
    }

    /** To the client alone. */
    void send(SessionEvent event) {
        client.send(event);
    }

    /** To the client alone, if it is there: later it would mean nothing. */
    void tellIfAttached(SessionEvent event) {
        client.tell(event);
    }

    void problem(ErrorCode code, String message, boolean fatal) {
        client.send(new SessionEvent.Problem(code, message, fatal, OptionalLong.empty()));
    }

    /** Tells the client, and those who listen. */
    void tell(SessionEvent event) {
        client.send(event);
        listener.onEvent(description, event);
    }

    /** A partial or final. */
    void show(SessionEvent result) {
        watch.onShown(request.engine(), result);
        tell(result);
    }

    /** Says only what is new: a planned change of streams does not concern the client. */
    void status(UpstreamState state) {
        SessionEvent status = new SessionEvent.Status(state, request.engine(), request.languageCode());
        if (!status.equals(told)) {
            told = status;
            tell(status);
        }
    }

    /** @param start in seconds of the client's audio, as is end */
    void dropped(UpstreamState state, double start, double end, LossReason why) {
        log.dropped(start, end, why);
        watch.onDropped(end - start);
        tell(new SessionEvent.AudioDropped(state, start, end, why));
    }

    void failed(RecognitionFailure failure, ErrorCode code) {
        log.failed(failure);
        problem(code, failure.message() + " " + failure.remedy(), true);
    }

    /** @param retried otherwise {@link #failed} follows, which tells more */
    void fault(String engine, RecognitionFailure failure, boolean retried) {
        if (retried) {
            log.replaced(engine, failure);
        }
        watch.onFault(engine, failure.kind(), retried);
    }

    void journalFault(Throwable fault) {
        log.journalFault(fault);
        problem(
                ErrorCode.STORAGE_FAILED,
                "The server cannot write its journal. The text is kept in memory and will be stored at the end; "
                        + "the operator should check the disk.",
                false);
    }

    /**
     * @param text what was said, and how far the audio came
     * @param stored null if nothing is stored, or not yet
     */
    void ended(Outcome outcome, String why, RecordingText text, StoredTranscript stored) {
        watch.onEnded(outcome, text.heardBytes());
        Optional<Transcript> transcript = text.isEmpty() ? Optional.empty() : Optional.of(text.transcript());
        listener.onEnded(description, new RecordingListener.Ending(outcome, transcript, Optional.ofNullable(stored)));
        log.ended(outcome, why, text);
    }

    /** The client's connection has no further use. */
    void close(CloseCode code, String why) {
        client.onEnded(code, why);
    }
}
