package dev.steno.protocol.files;

import dev.steno.archive.TranscriptStem;
import jakarta.json.spi.JsonProvider;
import java.util.Map;

/** Where the transcript will be; the client does not wait for it. */
final class DeferredAnswer implements Answer {
    private static final JsonProvider JSON = JsonProvider.provider();
    private static final int ACCEPTED = 202;

    private final ResponseWriter response;
    private final Wishes wishes;
    private final String root;

    /** @param root the path of Steno's root as the client sees it, without a slash at its end */
    DeferredAnswer(ResponseWriter response, Wishes wishes, String root) {
        this.response = response;
        this.wishes = wishes;
        this.root = root;
    }

    @Override
    public void begun(TranscriptStem stem) {
        String location = root + "/transcripts/" + stem;
        String body = JSON.createObjectBuilder()
                .add("stem", stem.toString())
                .add("location", location)
                .build()
                .toString();
        Map<String, String> headers =
                Map.of("Location", location, "Preference-Applied", "respond-async", "Retry-After", "5");
        response.answer(ACCEPTED, "application/json", headers, body + "\n");
    }

    /** Of a file without samples: there is nothing to wait for. */
    @Override
    public void done(Transcribed result) {
        if (!response.begun()) {
            new WholeAnswer(response, wishes).done(result);
        }
    }

    @Override
    public void refused(RefusedRequestException why) {
        if (!response.begun()) {
            WholeAnswer.refuse(response, why);
        }
    }
}
