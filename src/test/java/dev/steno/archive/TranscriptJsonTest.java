package dev.steno.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.transcript.GoldenFiles;
import dev.steno.transcript.SampleTranscripts;
import dev.steno.transcript.Transcript;
import dev.steno.transcript.TranscriptSegment;
import dev.steno.transcript.Word;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranscriptJsonTest {
    @Test
    void renders_json_as_in_the_golden_file() {
        assertThat(TranscriptJson.render(SampleTranscripts.golden())).isEqualTo(GoldenFiles.read("golden.json"));
    }

    @Test
    void renders_numbers_that_json_cannot_say_as_something_it_can() {
        TranscriptSegment odd = new TranscriptSegment(
                0, "odd", Double.NaN, 1e-9, List.of(new Word("odd", 0, 1, Double.POSITIVE_INFINITY)));

        String json = TranscriptJson.render(new Transcript(SampleTranscripts.recording(), List.of(odd), Double.NaN));

        assertThat(json).contains("\"start\":0.0,\"end\":0.0").doesNotContain("confidence");
    }

    @Test
    void finds_the_session_id_of_a_document() {
        Transcript transcript = SampleTranscripts.golden();

        assertThat(TranscriptJson.sessionId(TranscriptJson.render(transcript)))
                .contains(transcript.recording().sessionId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"session_id\":7}", "{\"session_id\":\"x\"}", "\"text\""})
    void finds_no_session_id_in_a_foreign_document(String document) {
        assertThat(TranscriptJson.sessionId(document)).isEmpty();
    }
}
