package dev.steno.library;

import jakarta.json.Json;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.OptionalInt;

/** An answer that is not what was asked for, told as a problem document (RFC 9457). */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With its charset, which JSON does not need and some clients do. */
    private static final String MEDIA_TYPE = "application/problem+json;charset=utf-8";

    private final int status;
    private final String title;
    private final transient OptionalInt retryAfterSeconds;
    private String contentRange;

    Problem(int status, String title, String detail) {
        this(status, title, detail, OptionalInt.empty());
    }

    private Problem(int status, String title, String detail, OptionalInt retryAfterSeconds) {
        super(detail, null, false, false); // no fault: nobody needs to know where in the code it came up
        this.status = status;
        this.title = title;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    static Problem badRequest(String detail) {
        return new Problem(400, "Bad Request", detail);
    }

    static Problem forbidden(String detail) {
        return new Problem(403, "Forbidden", detail);
    }

    /** Also for what belongs to somebody else: that it exists is no business of this caller. */
    static Problem notFound() {
        return new Problem(404, "Not Found", "There is no such transcript.");
    }

    /** For a transcript that is being made. */
    static Problem notYet() {
        return new Problem(404, "Not Found", "This transcript is not there yet. Ask again later.", OptionalInt.of(5));
    }

    static Problem conflict() {
        return new Problem(
                412, "Precondition Failed", "The transcript was changed since you read it. Read it again, then edit.");
    }

    /** With the length, from which the client can ask again. */
    static Problem outOfRange(long length) {
        Problem problem = new Problem(416, "Range Not Satisfiable", "The document has " + length + " bytes.");
        problem.contentRange = "bytes */" + length;
        return problem;
    }

    static Problem unavailable(String detail) {
        return new Problem(503, "Service Unavailable", detail, OptionalInt.of(2));
    }

    int status() {
        return status;
    }

    Response response() {
        Response response = response(status, title, getMessage(), retryAfterSeconds);
        return contentRange == null
                ? response
                : Response.fromResponse(response)
                        .header("Content-Range", contentRange)
                        .build();
    }

    static Response response(int status, String title, String detail, OptionalInt retryAfterSeconds) {
        String document = Json.createObjectBuilder()
                .add("type", "about:blank")
                .add("title", title)
                .add("status", status)
                .add("detail", detail)
                .build()
                .toString();
        Response.ResponseBuilder response = Response.status(status)
                .type(MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(document + "\n");
        retryAfterSeconds.ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        return response.build();
    }
}
