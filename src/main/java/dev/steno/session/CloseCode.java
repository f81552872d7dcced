package dev.steno.session;

/** Why a connection closes, with the WebSocket close code of RFC 6455 (section 7.4) and the IANA registry. */
public enum CloseCode {
    NORMAL(1000),
    GOING_AWAY(1001),
    POLICY(1008),
    SERVER_ERROR(1011),
    SERVICE_RESTART(1012),
    TRY_AGAIN_LATER(1013),
    /** Steno's own: unlike {@link #POLICY} the client may resume. */
    DOES_NOT_READ(4008);

    private final int number;

    CloseCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
