package dev.steno.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RenderersTest {
    private final Transcript transcript = SampleTranscripts.golden();

    @Test
    void renders_text_as_in_the_golden_file() {
        assertThat(PlainText.render(transcript)).isEqualTo(GoldenFiles.read("golden.txt"));
    }

    @Test
    void renders_webvtt_as_in_the_golden_file() {
        assertThat(WebVtt.render(transcript)).isEqualTo(GoldenFiles.read("golden.vtt"));
    }

    @Test
    void renders_subrip_as_in_the_golden_file() {
        assertThat(SubRip.render(transcript)).isEqualTo(GoldenFiles.read("golden.srt"));
    }

    @Test
    void keeps_a_segment_on_one_line_when_its_text_has_line_breaks() {
        Transcript odd = of(new TranscriptSegment(0, "one\r\ntwo\n\nthree", 0, 1, List.of()));

        assertThat(PlainText.render(odd)).isEqualTo("one two three\n");
        assertThat(WebVtt.render(odd)).isEqualTo("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\none two three\n");
    }

    @Test
    void renders_nothing_but_the_header_when_there_is_no_text() {
        assertThat(PlainText.render(of())).isEmpty();
        assertThat(SubRip.render(of())).isEmpty();
        assertThat(WebVtt.render(of(new TranscriptSegment(0, " ", 0, 1, List.of()))))
                .isEqualTo("WEBVTT\n");
    }

    private static Transcript of(TranscriptSegment... segments) {
        return new Transcript(SampleTranscripts.recording(), List.of(segments), 1);
    }
}
