package dev.steno.session.recording;

import dev.steno.logging.LogEvent;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.session.SessionObserver.Outcome;
import dev.steno.session.upstream.LossReason;
import dev.steno.transcript.AudioFormat;
import java.math.BigDecimal;
import java.util.Locale;

/** What the log says about a recording: numbers and times, none of the words. */
final class RecordingLog {
    private static final System.Logger LOG = System.getLogger(LiveRecording.class.getName());

    private final RecordingRequest request;

    RecordingLog(RecordingRequest request) {
        this.request = request;
    }

    void started() {
        event("recording_started", "started")
                .with("engine", request.engine())
                .with("language", request.languageCode())
                .log(LOG, System.Logger.Level.INFO);
    }

    void restored(int segments, long settledBytes) {
        event("recording_restored", "goes on after its process ended")
                .with("segments", segments)
                .with("settled_seconds", tenths(AudioFormat.seconds(settledBytes)))
                .log(LOG, System.Logger.Level.INFO);
    }

    void dropped(double start, double end, LossReason why) {
        LOG.log(
                System.Logger.Level.WARNING,
                "Recording {0}: audio was dropped from {1} s to {2} s: {3}.",
                request.sessionId(),
                seconds(start),
                seconds(end),
                why.explanation());
    }

    /** @param engine whose stream broke; what is not final of it goes to the next one */
    void replaced(String engine, RecognitionFailure failure) {
        event("stream_replaced", "goes on with another stream: " + failure.message())
                .with("engine", engine)
                .with("kind", failure.kind().name().toLowerCase(Locale.ROOT))
                .log(LOG, System.Logger.Level.INFO);
    }

    void failed(RecognitionFailure failure) {
        LOG.log(
                System.Logger.Level.WARNING,
                "Recording {0}: {1} {2}",
                request.sessionId(),
                failure.message(),
                failure.remedy());
    }

    void journalFault(Throwable fault) {
        LogEvent.of(
                        "journal_broken",
                        "Recording " + request.sessionId()
                                + ": the journal cannot be written, check JOURNAL_DIR and its disk. The text "
                                + "is kept in memory and archived at the end.")
                .session(request.sessionId())
                .thrown(fault)
                .log(LOG, System.Logger.Level.ERROR);
    }

    void ended(Outcome outcome, String why, RecordingText text) {
        event("recording_ended", "ended: " + why)
                .with("engine", request.engine())
                .with("audio_seconds", tenths(AudioFormat.seconds(text.audioBytes())))
                .with("segments", text.segments())
                .with("bytes", text.audioBytes())
                .with("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .log(LOG, System.Logger.Level.INFO);
    }

    private LogEvent event(String name, String what) {
        return LogEvent.of(name, "Recording " + request.sessionId() + " " + what)
                .session(request.sessionId());
    }

    /** Digits without the grouping of a locale. */
    private static BigDecimal tenths(double seconds) {
        return BigDecimal.valueOf(Math.round(seconds * 10), 1);
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }
}
