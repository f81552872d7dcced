package dev.steno.session.upstream;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionResult;
import java.util.Optional;

/**
 * The stream was told that no more audio comes; its last results are awaited as long as it moves. Audio that comes
 * meanwhile is for the next one.
 */
record Finishing(Streams streams, PositionedStream openStream) implements Phase {
    private static final RecognitionFailure NO_END = new RecognitionFailure(
            RecognitionFailure.Kind.FAILED,
            true,
            "The engine did not end its stream in time.",
            "Try again; if it keeps failing, see the server's log.");

    @Override
    public Optional<PositionedStream> stream() {
        return Optional.of(openStream);
    }

    @Override
    public LossReason lossReason() {
        return LossReason.ENGINE_BEHIND;
    }

    @Override
    public void pause() {
        if (streams.window().hasUnsent()) {
            streams.window().markEnd();
        }
    }

    @Override
    public void tick() {
        if (openStream.unmovedFor(streams.limits().stopTimeout())) {
            broken(NO_END);
        }
    }

    @Override
    public void result(RecognitionResult result, boolean isFinal) {
        streams.hearing().take(openStream, result, isFinal);
    }

    @Override
    public void noWords(double until) {
        streams.hearing().takeNoWords(openStream.toClient(until));
    }

    @Override
    public void completed() {
        streams.completed();
    }

    @Override
    public void broken(RecognitionFailure failure) {
        if (streams.hearing().worked() && streams.window().allSentIsSettled()) {
            streams.completed(); // nothing is missing but the end: another stream would have nothing to say
            return;
        }
        if (!streams.stopping()) {
            streams.window().unmarkEndIfPassed();
        }
        streams.broken(failure);
    }
}
