package dev.steno.session.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.RecognitionResult;
import dev.steno.transcript.TranscriptSegment;
import dev.steno.transcript.Word;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpeakerNumbersTest {
    @Test
    void numbers_streams_after_those_of_the_processes_before() {
        SpeakerNumbers numbers = new SpeakerNumbers(List.of(segment(0, "1-spk_0"), segment(1, "3-spk_1")));
        assertThat(speaker(numbers, Optional.of("1-spk_0"))).contains("4-spk_0");
        assertThat(speaker(numbers, Optional.of("2-spk_1"))).contains("5-spk_1");
        assertThat(speaker(numbers, Optional.empty())).isEmpty();
    }

    @Test
    void changes_nothing_where_nobody_was_labelled() {
        SpeakerNumbers numbers = new SpeakerNumbers(List.of());
        assertThat(speaker(numbers, Optional.of("1-spk_0"))).contains("1-spk_0");
    }

    private static Optional<String> speaker(SpeakerNumbers numbers, Optional<String> label) {
        RecognitionResult result = new RecognitionResult("word", 0, 1, List.of(new Word("word", 0, 1, 0.9, label)));
        return numbers.number(result).words().get(0).speaker();
    }

    private static TranscriptSegment segment(int number, String label) {
        return new TranscriptSegment(number, "word", 0, 1, List.of(new Word("word", 0, 1, 0.9, Optional.of(label))));
    }
}
