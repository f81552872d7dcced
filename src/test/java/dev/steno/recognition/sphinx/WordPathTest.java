package dev.steno.recognition.sphinx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.sphinx.WordPath.Mark;
import dev.steno.transcript.Word;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordPathTest {
    @Test
    void starts_a_word_where_the_one_before_ends() {
        List<Word> words = WordPath.words(List.of(word("good", 1.5), word("morning", 2)), 1, 3);

        assertThat(words)
                .containsExactly(new Word("good", 1, 1.5, Double.NaN), new Word("morning", 1.5, 2, Double.NaN));
    }

    @Test
    void leaves_out_silence_and_noise_but_not_their_time() {
        List<Mark> marks = List.of(filler(1.2), word("good", 1.5), filler(1.8), word("morning", 2), filler(2.5));

        assertThat(WordPath.words(marks, 1, 3))
                .containsExactly(new Word("good", 1.2, 1.5, Double.NaN), new Word("morning", 1.8, 2, Double.NaN));
    }

    @Test
    void keeps_times_inside_the_utterance() {
        List<Word> words = WordPath.words(List.of(filler(-0.001), word("yes", 9)), 1, 3);

        assertThat(words).containsExactly(new Word("yes", 1, 3, Double.NaN));
    }

    @Test
    void makes_a_result_of_words() {
        List<Word> words = WordPath.words(List.of(word("good", 1.5), word("morning", 2)), 1, 3);

        assertThat(WordPath.result(words)).hasValue(new RecognitionResult("good morning", 1, 2, words));
    }

    @Test
    void makes_no_result_of_nothing() {
        assertThat(WordPath.result(WordPath.words(List.of(filler(2)), 1, 3))).isEmpty();
        assertThat(WordPath.marks(null)).isEmpty();
    }

    private static Mark word(String text, double end) {
        return new Mark(text, false, end);
    }

    private static Mark filler(double end) {
        return new Mark("<sil>", true, end);
    }
}
