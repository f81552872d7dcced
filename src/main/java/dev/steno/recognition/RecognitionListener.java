package dev.steno.recognition;

/**
 * Hears what a stream recognises. One call at a time, on any thread of the engine's; implementations return at once.
 * The last call is exactly one terminal event, {@link #onCompleted} or {@link #onFailed}, unless the stream was aborted.
 */
public interface RecognitionListener {
    /** A provisional result: replaces the previous one since the last final. */
    void onPartial(RecognitionResult result);

    /** A settled result; results come in order and do not overlap. */
    void onFinal(RecognitionResult result);

    /** There is room again after {@link RecognitionStream#send} took less than it was given. */
    void onRoom();

    /** Terminal: all audio until {@link RecognitionStream#finish} was recognised. Never comes before finish. */
    void onCompleted();

    /** Terminal: the stream broke. What was final stays final. */
    void onFailed(RecognitionFailure failure);
}
