package dev.steno.session;

import dev.steno.recognition.RecognitionFailure;

/**
 * Hears what happens in the sessions of this node, so that it can be counted: numbers and times, nothing that says who
 * speaks or what. Called on the sessions' workers, a few times a second for each recording and never for each chunk of
 * audio; implementations return at once and do not throw.
 */
public interface SessionObserver {
    /** For those who count nothing. */
    SessionObserver NONE = new SessionObserver() {};

    /** What became of a recording. */
    enum Outcome {
        SAVED,
        /** Nothing was recognised, so nothing was stored. */
        NO_SPEECH,
        /** The client wanted the words alone. */
        NOT_STORED,
        /** The transcript waits in the journal. */
        ARCHIVE_DELAYED,
        /** The server goes down, and the recording goes on with the next one. */
        HANDED_OVER,
        /**
         * The engine failed before anything was recognised, or Steno itself did: then the next start stores the
         * journal.
         */
        FAILED
    }

    /** A recording took a permit. */
    default void onStarted() {}

    /** @param bytes of audio that one recording accepted since the last call for it */
    default void onAudio(long bytes) {}

    /** @param seconds of accepted audio that was lost before it was recognised */
    default void onDropped(double seconds) {}

    /**
     * The client was shown a result.
     *
     * @param engine that recognised it
     * @param delaySeconds since the last audio that the result covers was accepted
     */
    default void onResult(String engine, boolean isFinal, double delaySeconds) {}

    /**
     * A stream of the engine broke, or could not be opened.
     *
     * @param engine whose stream it was
     * @param retried whether another one takes its place; otherwise the recording ends
     */
    default void onFault(String engine, RecognitionFailure.Kind kind, boolean retried) {}

    /** A client was told of a problem. */
    default void onProblem(ErrorCode code) {}

    /** The last word about a recording. */
    default void onEnded(Outcome outcome) {}
}
