package dev.steno.recognition;

/**
 * Why a stream could not start or broke.
 *
 * @param retryable whether another stream, opened a little later, may work
 * @param message what happened, one sentence, fit for the client
 * @param remedy what a person can do about it, one sentence
 */
public record RecognitionFailure(Kind kind, boolean retryable, String message, String remedy) {
    /** What a failure means for the recording. */
    public enum Kind {
        /** All streams of this node are taken. */
        BUSY,
        /** The service refuses more streams for now: the account's limit, shared with other nodes. */
        LIMIT_EXCEEDED,
        /** The engine cannot work: models, credentials, region or network. */
        UNAVAILABLE,
        /** The engine broke while it worked. */
        FAILED
    }
}
