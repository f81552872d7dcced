package dev.steno.session.recording;

import dev.steno.recognition.RecognitionResult;
import dev.steno.transcript.TranscriptSegment;
import java.util.List;

/** Turns what the upstream recognised into captions of the client's audio. Belongs to the session's worker. */
final class Results {
    private final RecordingRequest request;
    private final Captions captions;
    private final Positions positions;
    private SpeakerNumbers speakers = new SpeakerNumbers(List.of());

    Results(RecordingRequest request, Captions captions, Positions positions) {
        this.request = request;
        this.captions = captions;
        this.positions = positions;
    }

    /** @param finals of the process that had the recording before */
    void restore(List<TranscriptSegment> finals) {
        speakers = new SpeakerNumbers(finals);
    }

    void addPartial(RecognitionResult result) {
        captions.addPartial(toClient(result));
    }

    void addFinal(RecognitionResult result) {
        captions.addFinal(toClient(result), request.engine(), positions.settled());
    }

    void takePartialBack() {
        captions.takePartialBack();
    }

    /** No better result comes: a left-over partial becomes final. */
    void settle() {
        captions.settle(request.engine(), positions.settled());
    }

    /** Runs a task once the client was shown all that came so far. */
    void whenShown(Runnable task) {
        captions.whenShown(task);
    }

    /** Where a stretch of audio begins in the client's audio, in seconds. */
    double start(double seconds) {
        return positions.start(seconds);
    }

    double end(double seconds) {
        return positions.end(seconds);
    }

    private RecognitionResult toClient(RecognitionResult result) {
        return speakers.number(positions.toClient(result));
    }
}
