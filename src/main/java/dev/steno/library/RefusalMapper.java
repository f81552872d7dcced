package dev.steno.library;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.OptionalInt;

/**
 * Tells what the REST container itself refuses (unknown path, method, media type) in the same form as everything else.
 */
@Provider
public class RefusalMapper implements ExceptionMapper<WebApplicationException> {
    @Override
    public Response toResponse(WebApplicationException refusal) {
        Response original = refusal.getResponse();
        if (original.getStatus() < 400) {
            return original;
        }
        String title = original.getStatusInfo().getReasonPhrase();
        Response problem =
                Problem.response(original.getStatus(), title, detail(original.getStatus()), OptionalInt.empty());
        Object allowed = original.getHeaders().getFirst(HttpHeaders.ALLOW);
        return allowed == null
                ? problem
                : Response.fromResponse(problem)
                        .header(HttpHeaders.ALLOW, allowed)
                        .build();
    }

    private static String detail(int status) {
        return switch (status) {
            case 404 -> "There is nothing here. See openapi.json.";
            case 405 -> "This method is not allowed here. See openapi.json.";
            case 406 -> "This resource cannot be had in such a format.";
            case 415 -> "Send application/json.";
            default -> "The request cannot be answered. See openapi.json.";
        };
    }
}
