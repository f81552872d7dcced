package dev.steno.recognition.sphinx;

import dev.steno.transcript.AudioFormat;
import edu.cmu.sphinx.frontend.Data;
import edu.cmu.sphinx.frontend.DataStartSignal;
import edu.cmu.sphinx.frontend.DoubleData;
import edu.cmu.sphinx.frontend.endpoint.SpeechClassifier;
import edu.cmu.sphinx.frontend.endpoint.SpeechEndSignal;
import edu.cmu.sphinx.frontend.endpoint.SpeechMarker;
import edu.cmu.sphinx.frontend.endpoint.SpeechStartSignal;

/**
 * Cuts audio into utterances at pauses. An utterance that does not pause is cut at a short gap, or at last anywhere.
 */
final class Endpointer {
    /** What happens to the audio. Every frame between begin and end is given once, in order. */
    interface Utterances {
        void begin();

        void frame(DoubleData frame);

        void end();
    }

    private static final int FRAME_MILLISECONDS = 10;

    /** Speech is this much louder than the background, in dB. */
    private static final double THRESHOLD_DECIBEL = 9;

    /**
     * Below this level (about 10 of 32 768) there is no microphone behind the samples; it says nothing about a room.
     */
    private static final double QUIETEST_DECIBEL = 20;

    /**
     * A quiet room. Taken as the background until a frame is quieter, so that speech from the first frame on is heard.
     */
    private static final double ROOM_DECIBEL = 40;

    /** How fast the background follows a louder room, per frame: half the way in about 2 s. Sphinx's default. */
    private static final double ADJUSTMENT = 0.003;

    /** Shorter sounds are clicks. */
    private static final int SPEECH_MILLISECONDS = 150;

    /** What is kept of the time before: soft first sounds. */
    private static final int LEADER_MILLISECONDS = 200;

    /** Shorter pauses are part of fluent speech. */
    private static final int PAUSE_MILLISECONDS = 500;

    /**
     * From here on (20 s) an utterance ends at the next gap: what a decoder keeps, and a reader waits for, is bounded.
     */
    private static final int LONG_FRAMES = 2000;

    /** A gap between two words, 0.1 s. */
    private static final int GAP_FRAMES = 10;

    /** Here (30 s) it ends even inside a word. */
    private static final int LONGEST_FRAMES = 3000;

    private final FrameQueue input = new FrameQueue();
    private final SpeechClassifier classifier = new RoomClassifier();
    private final SpeechMarker marker = new SpeechMarker(SPEECH_MILLISECONDS, PAUSE_MILLISECONDS, LEADER_MILLISECONDS);
    private final Utterances utterances;
    private int length;
    private int gap;

    Endpointer(Utterances utterances) {
        this.utterances = utterances;
        classifier.setPredecessor(input);
        marker.setPredecessor(classifier);
        marker.initialize();
        put(new DataStartSignal(AudioFormat.SAMPLE_RATE_HERTZ));
    }

    void put(DoubleData frame) {
        put((Data) frame);
    }

    void finish() {
        if (marker.inSpeech()) {
            utterances.end();
        }
    }

    private void put(Data next) {
        input.put(next);
        for (Data data = marker.getData(); data != null; data = marker.getData()) {
            if (data instanceof SpeechStartSignal) {
                begin();
            } else if (data instanceof SpeechEndSignal) {
                utterances.end();
            } else if (data instanceof DoubleData frame) {
                utterances.frame(frame);
                length++;
            }
        }
        gap = classifier.isSpeech() ? 0 : gap + 1;
        if (marker.inSpeech() && tooLong()) {
            utterances.end();
            begin();
        }
    }

    private boolean tooLong() {
        return length >= LONGEST_FRAMES || (length >= LONG_FRAMES && gap >= GAP_FRAMES);
    }

    private void begin() {
        length = 0;
        utterances.begin();
    }

    private static final class RoomClassifier extends SpeechClassifier {
        RoomClassifier() {
            super(FRAME_MILLISECONDS, ADJUSTMENT, THRESHOLD_DECIBEL, QUIETEST_DECIBEL);
        }

        @Override
        protected void reset() {
            super.reset();
            background = ROOM_DECIBEL;
        }
    }
}
