package dev.steno.recognition;

/**
 * Whether a recogniser can open streams.
 *
 * @param state ready, still loading, or unable to work until somebody acts
 * @param detail one sentence for an operator; with {@code UNAVAILABLE} it says what to check
 */
public record RecognizerStatus(State state, String detail) {
    /** What a recogniser is able to do. */
    public enum State {
        LOADING,
        READY,
        UNAVAILABLE
    }
}
