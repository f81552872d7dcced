package dev.steno.protocol.files;

import dev.steno.archive.TranscriptStem;
import dev.steno.transcript.TranscriptSegment;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.util.Map;

/**
 * Segments as they become final, as Server-Sent Events: clients add each delta to what they have, so nothing
 * provisional is sent.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/audio/transcript-text-delta-event">the events</a>
 */
final class StreamedAnswer implements Answer {
    private static final JsonProvider JSON = JsonProvider.provider();

    /** Ticks between comments, which tell how far it is and keep proxies from taking a silent stream for dead. */
    private static final int COMMENT_TICKS = 15;

    private static final int OK = 200;

    private final ResponseWriter response;
    private boolean first = true;
    private int ticks;
    private double reached;

    StreamedAnswer(ResponseWriter response) {
        this.response = response;
    }

    @Override
    public void begun(TranscriptStem stem) {
        begin();
    }

    private void begin() {
        if (response.begin(
                OK, "text/event-stream", Map.of("X-Accel-Buffering", "no"))) { // nginx would keep events back
            response.send(":\n\n");
        }
    }

    @Override
    public void segment(TranscriptSegment segment) {
        begin();
        send(JSON.createObjectBuilder()
                .add("type", "transcript.text.delta")
                .add("delta", first ? segment.text() : " " + segment.text()));
        first = false;
        reached = segment.end();
    }

    @Override
    public void done(Transcribed result) {
        begin();
        send(JSON.createObjectBuilder().add("type", "transcript.text.done").add("text", result.text()));
        response.end();
    }

    @Override
    public void refused(RefusedRequestException why) {
        if (response.begun()) {
            response.send("data: " + why.json() + "\n\n");
            response.end();
        } else {
            WholeAnswer.refuse(response, why);
        }
    }

    @Override
    public void tick() {
        if (response.begun() && ++ticks % COMMENT_TICKS == 0) {
            response.send(progress(reached));
        }
    }

    /** A comment, which clients skip and people who watch the stream can read. */
    static String progress(double seconds) {
        return ": recognised up to " + Math.round(seconds) + " s\n\n";
    }

    private void send(JsonObjectBuilder event) {
        response.send("data: " + event.build() + "\n\n");
    }
}
