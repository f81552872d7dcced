package dev.steno.protocol.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.transcript.SessionId;
import dev.steno.transcript.TranscriptSegment;
import dev.steno.transcript.Word;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscribedTest {
    private final Transcribed result = new Transcribed(
            SessionId.random(),
            List.of(
                    new TranscriptSegment(
                            0,
                            "hello \"world\"",
                            0.5,
                            1.25,
                            List.of(new Word("hello", 0.5, 0.9, 0.5), new Word("\"world\"", 0.9, 1.25, Double.NaN))),
                    new TranscriptSegment(1, "good bye", 2, 3, List.of())),
            "de-DE",
            3.2);

    private static Wishes wishes(ResponseFormat format, boolean words, boolean segments) {
        return new Wishes(format, words, segments, false, false, true, List.of(), List.of());
    }

    private JsonObject json(ResponseFormat format, boolean words, boolean segments) {
        return Json.createReader(new StringReader(result.render(wishes(format, words, segments))))
                .readObject();
    }

    @Test
    void is_the_text_alone() {
        assertThat(json(ResponseFormat.JSON, false, true))
                .isEqualTo(Json.createReader(new StringReader("{\"text\":\"hello \\\"world\\\" good bye\","
                                + "\"usage\":{\"type\":\"duration\",\"seconds\":4}}"))
                        .readObject());
        assertThat(result.render(wishes(ResponseFormat.TEXT, false, false))).isEqualTo("hello \"world\" good bye\n");
    }

    @Test
    void is_all_that_is_known() {
        JsonObject words = json(ResponseFormat.VERBOSE_JSON, true, false);
        assertThat(words.getString("language")).isEqualTo("german");
        assertThat(words.getJsonNumber("duration").doubleValue()).isEqualTo(3.2);
        assertThat(words.getJsonArray("words")).hasSize(2);
        assertThat(words.getJsonArray("words").getJsonObject(1).toString())
                .isEqualTo("{\"word\":\"\\\"world\\\"\",\"start\":0.900,\"end\":1.250}");
        assertThat(words).doesNotContainKey("segments");
        JsonObject segments = json(ResponseFormat.VERBOSE_JSON, false, true);
        assertThat(segments).doesNotContainKey("words");
        assertThat(segments.getJsonArray("segments").getJsonObject(0))
                .containsKeys("id", "seek", "start", "end", "text", "tokens", "temperature", "avg_logprob")
                .containsKeys("compression_ratio", "no_speech_prob");
    }

    @Test
    void is_subtitles() {
        assertThat(result.render(wishes(ResponseFormat.SRT, false, false))).startsWith("1\n00:00:00,500 --> ");
        assertThat(result.render(wishes(ResponseFormat.VTT, false, false))).startsWith("WEBVTT\n\n00:00:00.500 --> ");
    }
}
