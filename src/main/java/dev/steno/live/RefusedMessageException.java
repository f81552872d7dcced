package dev.steno.live;

import dev.steno.session.ErrorCode;

/** A text frame that is not a message of the protocol. The message is fit for the client. */
final class RefusedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    RefusedMessageException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }
}
