package dev.steno.recognition;

import java.util.Set;

/** An engine that turns a stream of audio into words. Thread-safe; one for the whole application. */
public interface SpeechRecognizer {
    /** The engine's name in the protocol and the configuration: {@code amazon-transcribe} or {@code sphinx}. */
    String engine();

    /** BCP 47 codes of the languages that a request may name. */
    Set<String> languages();

    /** How many streams can be open at once on this node. */
    int streamLimit();

    /** How many recordings this node should take on if the configuration does not say. */
    default int recordingLimit() {
        return streamLimit();
    }

    /** How much faster than real time audio may be sent: 1.25 is a quarter faster; infinite if it does not matter. */
    default double maximumSpeed() {
        return Double.POSITIVE_INFINITY;
    }

    /** Whether streams can be opened now. Cheap and free of network calls: health probes ask often. */
    RecognizerStatus status();

    /**
     * Opens a stream. Never blocks: what needs time (models that still load, a connection) happens in the background,
     * while the stream takes audio up to its room.
     *
     * @param listener called on any thread, one call at a time
     * @throws RecognitionException if it is known at once that the stream cannot start; the listener then hears nothing
     */
    RecognitionStream open(RecognitionRequest request, RecognitionListener listener) throws RecognitionException;
}
