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
        List<Word> words = WordPath.words(List.of(word("good", 50), word("morning", 100)), 1, 3);

        assertThat(words)
                .containsExactly(new Word("good", 1, 1.5, Double.NaN), new Word("morning", 1.5, 2, Double.NaN));
    }

    @Test
    void leaves_out_silence_and_noise_but_not_their_time() {
        List<Mark> marks = List.of(filler(20), word("good", 50), filler(80), word("morning", 100), filler(150));

        assertThat(WordPath.words(marks, 1, 3))
                .containsExactly(new Word("good", 1.2, 1.5, Double.NaN), new Word("morning", 1.8, 2, Double.NaN));
    }

    @Test
    void keeps_times_inside_the_utterance() {
        List<Word> words = WordPath.words(List.of(filler(0), word("yes", 800)), 1, 3);

        assertThat(words).containsExactly(new Word("yes", 1, 3, Double.NaN));
    }

    @Test
    void makes_a_result_of_words() {
        List<Word> words = WordPath.words(List.of(word("good", 50), word("morning", 100)), 1, 3);

        assertThat(WordPath.result(words)).hasValue(new RecognitionResult("good morning", 1, 2, words));
    }

    @Test
    void makes_no_result_of_nothing() {
        assertThat(WordPath.result(WordPath.words(List.of(filler(100)), 1, 3))).isEmpty();
    }

    @Test
    void reads_the_marks_of_a_path() {
        Lexicon lexicon = TinyModel.lexicon("bad:bad", "a:a");
        LanguageScores any = (before, last, word) -> 0;
        WordExits exits = TinyModel.first(lexicon, any, "____bbbaaadddaaa");

        List<Mark> marks = WordPath.marks(exits, exits.last(any, TinyModel.WEIGHTS), lexicon);

        assertThat(marks)
                .containsExactly(new Mark("<sil>", true, 4), new Mark("bad", false, 13), new Mark("a", false, 16));
        assertThat(WordPath.marks(exits, WordExits.NONE, lexicon)).isEmpty();
    }

    private static Mark word(String text, int end) {
        return new Mark(text, false, end);
    }

    private static Mark filler(int end) {
        return new Mark("<sil>", true, end);
    }
}
