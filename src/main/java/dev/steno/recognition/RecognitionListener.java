package dev.steno.recognition;

/**
 * Hears what a stream recognises. One call at a time, on any thread, perhaps before {@link SpeechRecognizer#open}
 * returns; implementations return at once. The last call is exactly one terminal event, {@link #onCompleted} or
 * {@link #onFailed}, unless the stream was aborted.
 */
public interface RecognitionListener {
    /**
     * The engine has answered and works on this stream: a remote one accepted the request, an embedded one has its
     * models. Once, and before any result or {@link #onCompleted}; not at all if the stream fails before.
     */
    void onOpened();

    /** A provisional result: replaces the previous one since the last final. */
    void onPartial(RecognitionResult result);

    /**
     * A final result. Results come in the order in which they became final; where people interrupt each other, they may
     * overlap.
     */
    void onFinal(RecognitionResult result);

    /**
     * The audio up to a moment holds no words beyond the finals so far: a partial that was told is taken back.
     *
     * @param until seconds in the audio sent to this stream
     */
    void onNoWords(double until);

    /**
     * A sign of life without a result: the engine goes on with its audio. At most a few times a second; engines that
     * cannot tell leave it out.
     */
    void onProgress();

    /** There is room again after {@link RecognitionStream#send} took less than it was given. */
    void onRoom();

    /** Terminal: all audio until {@link RecognitionStream#finish} was recognised. Never comes before finish. */
    void onCompleted();

    /** Terminal: the stream broke. What was final stays final. */
    void onFailed(RecognitionFailure failure);
}
