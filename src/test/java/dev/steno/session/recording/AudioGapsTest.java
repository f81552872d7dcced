package dev.steno.session.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.RecognitionResult;
import dev.steno.transcript.Word;
import java.util.List;
import org.junit.jupiter.api.Test;

class AudioGapsTest {
    private static final int SECOND = 32_000;

    @Test
    void changes_nothing_where_nothing_was_skipped() {
        AudioGaps gaps = new AudioGaps(0);
        RecognitionResult result = result(0, 1, 1, 2);
        assertThat(gaps.toClient(result)).isSameAs(result);
        assertThat(gaps.position(SECOND)).isEqualTo(SECOND);
    }

    @Test
    void begins_where_the_process_before_ended() {
        AudioGaps gaps = new AudioGaps(10 * SECOND);
        assertThat(gaps.position(0)).isEqualTo(10 * SECOND);
        assertThat(gaps.toClient(result(0, 1, 1, 2))).isEqualTo(result(10, 11, 11, 12));
    }

    @Test
    void ends_before_a_gap_and_begins_behind_it() {
        AudioGaps gaps = new AudioGaps(0);
        gaps.skip(SECOND, 5 * SECOND);
        gaps.skip(2 * SECOND, SECOND);
        assertThat(gaps.position(SECOND - 2)).isEqualTo(SECOND - 2);
        assertThat(gaps.position(SECOND)).isEqualTo(6 * SECOND);
        assertThat(gaps.position(2 * SECOND)).isEqualTo(8 * SECOND);
        assertThat(gaps.toClient(result(0, 1, 1, 2))).isEqualTo(result(0, 1, 6, 7));
        assertThat(gaps.toClient(result(1.5, 2, 2, 3))).isEqualTo(result(6.5, 7, 8, 9));
    }

    private static RecognitionResult result(double start, double middle, double next, double end) {
        return new RecognitionResult(
                "one two", start, end, List.of(new Word("one", start, middle, 0.9), new Word("two", next, end, 0.9)));
    }
}
