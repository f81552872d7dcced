package dev.steno.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpeakersTest {
    private static final Map<String, String> NAMES = Map.of("spk_0", "Ann & <Co>");

    private final Transcript transcript = new Transcript(
            SampleTranscripts.recording(),
            List.of(
                    segment(0, "Good morning. Hello there", "spk_0", "spk_0", "spk_1", ""),
                    segment(1, "Who is it", "", "", ""),
                    new TranscriptSegment(
                            2,
                            "Corrected by hand afterwards",
                            20,
                            22,
                            segment(0, "x", "spk_0").words())),
            30);

    @Test
    void no_names_leave_everything_as_it_was() {
        assertThat(PlainText.render(transcript, Map.of()))
                .isEqualTo("Good morning. Hello there\nWho is it\nCorrected by hand afterwards\n");
        assertThat(WebVtt.render(transcript)).doesNotContain("<v");
        assertThat(SubRip.render(transcript)).doesNotContain(":  ", "spk_");
    }

    @Test
    void text_names_each_turn_and_keeps_a_segment_on_a_line() {
        assertThat(PlainText.render(transcript, NAMES).lines())
                .containsExactly(
                        "Ann & <Co>: Good morning. spk_1: Hello there",
                        "Who is it",
                        "Ann & <Co>: Corrected by hand afterwards");
    }

    @Test
    void web_vtt_has_a_voice_in_each_cue_and_no_cue_with_two() {
        assertThat(WebVtt.render(transcript, NAMES))
                .contains(
                        "<v Ann &amp; &lt;Co&gt;>Good morning.\n",
                        "<v spk_1>Hello there\n",
                        "\nWho is it\n",
                        "<v Ann &amp; &lt;Co&gt;>Corrected by hand afterwards");
    }

    @Test
    void sub_rip_says_who_begins_to_speak_and_does_not_repeat_it() {
        Transcript one = new Transcript(
                SampleTranscripts.recording(),
                List.of(
                        segment(0, "Good morning", "spk_0", "spk_0"),
                        segment(1, "and good day", "spk_0", "spk_0", "spk_0")),
                30);

        assertThat(SubRip.render(one, NAMES))
                .contains("Ann & <Co>: Good morning")
                .containsOnlyOnce("Ann");
    }

    /** A speaker for each word; none where it is empty. */
    private static TranscriptSegment segment(int number, String text, String... speakers) {
        TranscriptSegment timed = SampleTranscripts.timed(number, number * 10, text);
        List<Word> words = new ArrayList<>();
        for (int i = 0; i < speakers.length; i++) {
            Word word = timed.words().get(i);
            Optional<String> speaker = Optional.of(speakers[i]).filter(label -> !label.isEmpty());
            words.add(new Word(word.text(), word.start(), word.end(), 0.9, speaker));
        }
        return new TranscriptSegment(number, text, timed.start(), timed.end(), words);
    }
}
