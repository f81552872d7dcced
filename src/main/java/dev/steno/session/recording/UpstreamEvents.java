package dev.steno.session.recording;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionResult;
import dev.steno.session.CloseCode;
import dev.steno.session.ErrorCode;
import dev.steno.session.upstream.LossReason;
import dev.steno.session.upstream.Upstream;
import dev.steno.session.upstream.UpstreamState;

/** What the upstream of a recording says, and what the recording makes of it. Belongs to the session's worker. */
final class UpstreamEvents implements Upstream.Owner {
    private final Life life;
    private final RecordingClock clock;
    private final Results results;
    private final RecordingOutput output;
    private final Conclusion conclusion;

    UpstreamEvents(Life life, RecordingClock clock, Results results, RecordingOutput output, Conclusion conclusion) {
        this.life = life;
        this.clock = clock;
        this.results = results;
        this.output = output;
        this.conclusion = conclusion;
    }

    @Override
    public void onPartial(RecognitionResult result) {
        results.addPartial(result);
    }

    @Override
    public void onFinal(RecognitionResult result) {
        results.addFinal(result);
    }

    @Override
    public void onNoWords() {
        results.takePartialBack();
    }

    @Override
    public void onSettled() {
        results.settle();
    }

    @Override
    public void onState(UpstreamState state) {
        if (life.isOpen()) {
            clock.onState(state);
            results.whenShown(() -> output.status(state));
        } else if (life.phase() instanceof Life.Stopping) {
            output.status(UpstreamState.STOPPING); // again, if another engine took over for the last words
        }
    }

    @Override
    public void onDropped(double start, double end, LossReason why) {
        if (!life.isHandingOver()) {
            UpstreamState state = life.isOpen() ? clock.state() : UpstreamState.STOPPING;
            output.dropped(state, results.start(start), results.end(end), why);
        }
    }

    @Override
    public void onFinished() {
        if (life.isHandingOver()) {
            conclusion.handOver();
        } else {
            conclusion.conclude();
        }
    }

    @Override
    public void onFailed(RecognitionFailure failure, boolean worked) {
        if (life.isHandingOver()) {
            conclusion.handOver();
            return;
        }
        results.settle();
        ErrorCode code = worked ? ErrorCode.RECOGNIZER_FAILED : startFailure(failure.kind());
        output.failed(failure, code);
        life.become(failed(code));
        conclusion.conclude();
    }

    /**
     * A recording that was ended for a reason closes for that one; after a plain {@code stop} the failure is the
     * reason.
     */
    private Life.Phase failed(ErrorCode code) {
        if (life.phase() instanceof Life.Stopping stopping && stopping.code() != CloseCode.NORMAL) {
            return new Life.Stopping(stopping.code(), stopping.reason(), true);
        }
        CloseCode close = code == ErrorCode.BUSY ? CloseCode.TRY_AGAIN_LATER : CloseCode.SERVER_ERROR;
        return new Life.Stopping(close, code.wireName(), true);
    }

    private static ErrorCode startFailure(RecognitionFailure.Kind kind) {
        return switch (kind) {
            case BUSY, LIMIT_EXCEEDED -> ErrorCode.BUSY;
            case UNAVAILABLE, FAILED -> ErrorCode.RECOGNIZER_UNAVAILABLE;
        };
    }

    @Override
    public void onFault(String engine, RecognitionFailure failure, boolean retried) {
        output.fault(engine, failure, retried);
    }
}
