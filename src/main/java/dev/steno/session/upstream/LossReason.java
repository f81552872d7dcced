package dev.steno.session.upstream;

/** Why audio was lost. */
public enum LossReason {
    ENGINE_BEHIND("the engine takes audio more slowly than it comes; lower SESSION_LIMIT or use a faster machine"),
    ENGINE_AWAY("the engine could not be used for longer than REPLAY_BUFFER keeps audio"),
    NOT_RECOGNISED("the engine did not return its words before the recording had to end; see SESSION_STOP_TIMEOUT"),
    NOT_KEPT("neither the server nor the client has it any more");

    private final String explanation;

    LossReason(String explanation) {
        this.explanation = explanation;
    }

    /** For the operator: what happened, and what to do about it. */
    public String explanation() {
        return explanation;
    }
}
