package dev.steno.testing.transcribe;

/** What the service answers when it refuses a request or ends a stream. */
final class ServiceError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    ServiceError(int status, String type, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
    }

    static ServiceError badRequest(String message) {
        return new ServiceError(400, "BadRequestException", message);
    }

    static ServiceError badSignature(String message) {
        return new ServiceError(403, "InvalidSignatureException", message);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }
}
