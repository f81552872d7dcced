package dev.steno.testing.s3;

/** What may happen to a request on its way to S3 and back. */
public enum Fault {
    /** Nothing. */
    NONE,
    /** 503: too many requests. */
    SLOW_DOWN(503, "SlowDown"),
    /** 500. */
    INTERNAL(500, "InternalError"),
    /** 403: no permission. */
    DENIED(403, "AccessDenied"),
    /** 409: another conditional put is under way. */
    CONFLICT(409, "ConditionalRequestConflict"),
    /** 501 for a conditional put, as stores say that know none; others pass. */
    NO_CONDITIONS(501, "NotImplemented"),
    /** No answer, ever. */
    HANG,
    /** The connection is reset before the request gets through. */
    RESET,
    /** The request gets through; its answer does not. */
    LOST_RESPONSE;

    final int status;
    final String code;

    Fault() {
        this(0, "");
    }

    Fault(int status, String code) {
        this.status = status;
        this.code = code;
    }
}
