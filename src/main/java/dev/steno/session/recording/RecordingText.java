package dev.steno.session.recording;

import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.Transcript;

/** All that was said in a recording so far, and how long it is. Belongs to the session's worker. */
final class RecordingText {
    private final RecordingRequest request;
    private final RecordingJournal journal;
    private final Captions captions;
    private final Positions positions;

    RecordingText(RecordingRequest request, RecordingJournal journal, Captions captions, Positions positions) {
        this.request = request;
        this.journal = journal;
        this.captions = captions;
        this.positions = positions;
    }

    RecordingJournal journal() {
        return journal;
    }

    /** Runs a task once the journal has, and the client was shown, all that came so far; tasks run in order. */
    void whenShown(Runnable task) {
        captions.whenShown(task);
    }

    /** Whether the transcript is to be archived. */
    boolean stored() {
        return request.description().stored();
    }

    boolean isEmpty() {
        return captions.segments().isEmpty();
    }

    int segments() {
        return captions.segments().size();
    }

    /** Of the client's audio, with what was skipped. */
    long audioBytes() {
        return positions.received();
    }

    /** Of the client's audio that came to this process. */
    long heardBytes() {
        return positions.heard();
    }

    double seconds() {
        return AudioFormat.seconds(audioBytes());
    }

    /** Comes after the first audio. */
    Transcript transcript() {
        return new Transcript(journal.recording(), captions.segments(), seconds());
    }
}
