package dev.steno.protocol.files;

import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;

/**
 * Why a request is not answered with words, in the shape in which OpenAI's clients expect it. The message is for
 * people.
 */
final class RefusedRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    static final int BAD_REQUEST = 400;
    static final int NOT_FOUND = 404;
    static final int TOO_LARGE = 413;
    /** RFC 6585, section 4. */
    static final int TOO_MANY_REQUESTS = 429;

    static final int SERVER_ERROR = 500;
    static final int UNAVAILABLE = 503;

    /** {@code Retry-After} of what may pass by itself. */
    static final String RETRY_SECONDS = "10";

    private static final String INVALID = "invalid_request_error";
    private static final JsonProvider JSON = JsonProvider.provider();

    private final int status;
    private final String type;
    private final String parameter;
    private final String code;

    private RefusedRequestException(int status, String type, String parameter, String code, String message) {
        super(message, null, false, false); // no fault: nobody needs to know where in the code it came up
        this.status = status;
        this.type = type;
        this.parameter = parameter;
        this.code = code;
    }

    /** @param parameter the form's field that is wrong; null if it is none in particular */
    static RefusedRequestException invalid(String parameter, String code, String message) {
        return new RefusedRequestException(BAD_REQUEST, INVALID, parameter, code, message);
    }

    static RefusedRequestException invalid(int status, String code, String message) {
        return new RefusedRequestException(status, INVALID, null, code, message);
    }

    static RefusedRequestException notFound(String parameter, String code, String message) {
        return new RefusedRequestException(NOT_FOUND, INVALID, parameter, code, message);
    }

    /** The multipart body itself makes no sense. */
    static RefusedRequestException malformed(String message) {
        return invalid(null, "invalid_multipart_form_data", message);
    }

    static RefusedRequestException tooLarge(long limit) {
        return invalid(
                TOO_LARGE,
                "file_too_large",
                "The file is larger than " + limit + " bytes, the UPLOAD_LIMIT of this server.");
    }

    static RefusedRequestException busy(String message) {
        return new RefusedRequestException(TOO_MANY_REQUESTS, "rate_limit_error", null, "rate_limit_exceeded", message);
    }

    static RefusedRequestException unavailable(String code, String message) {
        return new RefusedRequestException(UNAVAILABLE, "server_error", null, code, message);
    }

    static RefusedRequestException failed(String code, String message) {
        return new RefusedRequestException(SERVER_ERROR, "server_error", null, code, message);
    }

    int status() {
        return status;
    }

    /** Whether the same request may be answered a little later. */
    boolean passes() {
        return status == TOO_MANY_REQUESTS || status == UNAVAILABLE;
    }

    /** {@code {"error":{...}}}, on one line. */
    String json() {
        return JSON.createObjectBuilder()
                .add(
                        "error",
                        JSON.createObjectBuilder()
                                .add("message", getMessage())
                                .add("type", type)
                                .add("param", value(parameter))
                                .add("code", value(code)))
                .build()
                .toString();
    }

    private static JsonValue value(String text) {
        return text == null ? JsonValue.NULL : JSON.createValue(text);
    }
}
