package dev.steno.session.upstream;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionListener;
import dev.steno.recognition.RecognitionResult;
import java.util.function.Consumer;

/**
 * Brings what one stream says onto the session's worker; there the upstream drops it if another stream is in use by
 * then.
 */
final class StreamEvents implements RecognitionListener {
    private final Streams streams;

    StreamEvents(Streams streams) {
        this.streams = streams;
    }

    private void tell(Consumer<Phase> event) {
        streams.submit(this, event);
    }

    @Override
    public void onOpened() {
        tell(Phase::opened);
    }

    @Override
    public void onPartial(RecognitionResult result) {
        tell(phase -> phase.result(result, false));
    }

    @Override
    public void onFinal(RecognitionResult result) {
        tell(phase -> phase.result(result, true));
    }

    @Override
    public void onNoWords(double until) {
        tell(phase -> phase.noWords(until));
    }

    @Override
    public void onProgress() {
        tell(phase -> {}); // a sign of life, as every event is
    }

    @Override
    public void onRoom() {
        streams.submitRoom(this);
    }

    @Override
    public void onCompleted() {
        tell(Phase::completed);
    }

    @Override
    public void onFailed(RecognitionFailure failure) {
        tell(phase -> phase.broken(failure));
    }
}
