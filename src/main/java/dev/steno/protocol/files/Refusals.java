package dev.steno.protocol.files;

import dev.steno.session.CloseCode;
import dev.steno.session.SessionEvent;

/** What a session says, as OpenAI would say it. Pure functions. */
final class Refusals {
    private Refusals() {}

    static RefusedRequestException of(SessionEvent.Problem problem) {
        String code = problem.code().wireName();
        return switch (problem.code()) {
            case BAD_OPTION -> RefusedRequestException.invalid(null, code, problem.message());
            case UNSUPPORTED_LANGUAGE -> RefusedRequestException.invalid("language", code, problem.message());
            case BUSY -> RefusedRequestException.busy(problem.message());
            case RECOGNIZER_UNAVAILABLE, SESSION_EXPIRED, STORAGE_FAILED ->
                RefusedRequestException.unavailable(code, problem.message());
            default -> RefusedRequestException.failed(code, problem.message());
        };
    }

    /** A session that ends without a word of the reason. */
    static RefusedRequestException of(CloseCode code, String reason) {
        return code == CloseCode.SERVICE_RESTART || code == CloseCode.GOING_AWAY || code == CloseCode.TRY_AGAIN_LATER
                ? RefusedRequestException.unavailable(
                        "unavailable", "The server cannot finish this now: " + reason + ".")
                : RefusedRequestException.failed("failed", "The server could not finish this: " + reason + ".");
    }
}
