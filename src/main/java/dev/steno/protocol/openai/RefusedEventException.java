package dev.steno.protocol.openai;

/** A client's event that cannot be used. The message is fit for the client. */
final class RefusedEventException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String param;

    /** @param param the field at fault; null if it is none in particular */
    RefusedEventException(String code, String message, String param) {
        super(message);
        this.code = code;
        this.param = param;
    }

    String code() {
        return code;
    }

    String param() {
        return param;
    }
}
