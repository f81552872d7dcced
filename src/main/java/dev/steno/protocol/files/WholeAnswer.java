package dev.steno.protocol.files;

import java.util.HashMap;
import java.util.Map;

/** All words at once, in the format that the client wants. */
final class WholeAnswer implements Answer {
    private static final int OK = 200;

    private final ResponseWriter response;
    private final Wishes wishes;

    WholeAnswer(ResponseWriter response, Wishes wishes) {
        this.response = response;
        this.wishes = wishes;
    }

    @Override
    public void done(Transcribed result) {
        response.answer(OK, wishes.format().mediaType(), Map.of(), result.render(wishes));
    }

    @Override
    public void refused(RefusedRequestException why) {
        refuse(response, why);
    }

    static void refuse(ResponseWriter response, RefusedRequestException why) {
        Map<String, String> headers = new HashMap<>(Map.of("Connection", "close")); // some of the upload may be unread
        if (why.passes()) {
            headers.put("Retry-After", RefusedRequestException.RETRY_SECONDS);
        }
        response.answer(why.status(), "application/json", headers, why.json() + "\n");
    }
}
