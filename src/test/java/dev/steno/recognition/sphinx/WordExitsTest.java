package dev.steno.recognition.sphinx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.sphinx.Phones.Position;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two phones and silence; the last phone of a word sounds different before phone 1 than before all else. */
class WordExitsTest {
    private static final int FIRST = 0;
    private static final int SECOND = 1;

    private final Lexicon lexicon = TinyModel.lexicon("first:ab", "second:ba");
    private final int silence = lexicon.silence();
    private final WordExits exits = new WordExits(lexicon, phones());

    private static Phones phones() {
        int count = TinyModel.LETTERS.length();
        int[] sequences = new int[count * count * count];
        for (int i = 0; i < count * count; i++) {
            sequences[i * count + 1] = 1;
        }
        float[][] transitions = new float[count][16];
        return new Phones(count, 0, Map.of(Position.END, sequences), new int[] {0, 1, 2, 3, 4, 5}, transitions);
    }

    @Test
    void begins_with_the_words_before() {
        exits.start(SECOND, FIRST);

        assertThat(exits.size()).isEqualTo(1);
        assertThat(exits.lastFrame()).isEqualTo(WordExits.START_FRAME);
        assertThat(exits.lastWord(0)).isEqualTo(SECOND);
        assertThat(exits.wordBefore(0)).isEqualTo(FIRST);
        assertThat(exits.score(0, 1)).isZero();
        assertThat(exits.lastPhone(0)).isZero();
    }

    @Test
    void keeps_how_well_a_word_went_before_each_phone() {
        exits.start(lexicon.start(), LanguageScores.NONE);
        exits.nextFrame();
        exits.add(FIRST, -5, 0, 0);
        exits.add(FIRST, -3, 0, 1);
        exits.add(SECOND, -4, 0, 1);

        assertThat(exits.firstIn(0)).isEqualTo(1);
        assertThat(exits.endIn(0)).isEqualTo(3);
        assertThat(exits.best(1)).isEqualTo(-3);
        assertThat(exits.score(1, 1)).isEqualTo(-3);
        assertThat(exits.score(1, 2)).isEqualTo(-5);
        assertThat(exits.score(2, 1)).isEqualTo(-4);
        assertThat(exits.score(2, 2)).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    @Test
    void remembers_the_words_before_but_not_silence() {
        exits.start(lexicon.start(), LanguageScores.NONE);
        exits.nextFrame();
        exits.add(FIRST, -1, 0, 0);
        exits.nextFrame();
        exits.add(silence, -1, 1, WordExits.NONE);
        exits.nextFrame();
        exits.add(SECOND, -1, 2, 0);

        assertThat(exits.lastWord(2)).isEqualTo(FIRST);
        assertThat(exits.wordBefore(2)).isEqualTo(lexicon.start());
        assertThat(exits.lastWord(3)).isEqualTo(SECOND);
        assertThat(exits.wordBefore(3)).isEqualTo(FIRST);
        assertThat(exits.previous(3)).isEqualTo(2);
    }

    @Test
    void takes_the_history_of_the_better_of_two_ways() {
        exits.start(lexicon.start(), LanguageScores.NONE);
        exits.nextFrame();
        exits.add(FIRST, -1, 0, 0);
        exits.add(SECOND, -1, 0, 0);
        exits.nextFrame();
        exits.add(FIRST, -9, 1, 0);
        exits.add(FIRST, -5, 2, 1);

        assertThat(exits.previous(3)).isEqualTo(2);
        assertThat(exits.wordBefore(3)).isEqualTo(SECOND);
    }

    @Test
    void ends_with_what_the_end_of_a_sentence_fits_best() {
        LanguageScores language = (before, last, word) -> last == FIRST ? -9 : -1;
        exits.start(lexicon.start(), LanguageScores.NONE);
        exits.nextFrame();
        exits.add(FIRST, -1, 0, 0);
        exits.add(SECOND, -2, 0, 0);
        exits.nextFrame();

        assertThat(exits.last(language, TinyModel.WEIGHTS)).isEqualTo(2);
    }

    @Test
    void remembers_of_words_that_ended_long_ago_only_the_best() {
        exits.start(lexicon.start(), LanguageScores.NONE);
        for (int frame = 0; frame < 3000; frame++) {
            exits.nextFrame();
            for (int entry : new int[] {FIRST, SECOND, FIRST, SECOND, FIRST, SECOND}) {
                exits.add(entry, -9, 0, 0);
                exits.add(entry, -frame % 7, 0, 1);
            }
            int last = exits.size() - 1;
            assertThat(exits.score(last, 2)).isEqualTo(-9);
            assertThat(exits.score(last, 1)).isEqualTo(-frame % 7);
            int recent = exits.firstIn(Math.max(0, frame - 199));
            assertThat(exits.score(recent, 2)).isEqualTo(-9);
        }
        assertThat(exits.score(exits.firstIn(10), 2)).isEqualTo(-3);
    }

    @Test
    void grows_and_starts_again() {
        for (int utterance = 0; utterance < 2; utterance++) {
            exits.start(lexicon.start(), LanguageScores.NONE);
            for (int frame = 0; frame < 3000; frame++) {
                exits.nextFrame();
                exits.add(FIRST, -frame, frame == 0 ? 0 : 2 * frame - 1, 0);
                exits.add(SECOND, -frame, frame == 0 ? 0 : 2 * frame - 1, 1);
            }
            assertThat(exits.size()).isEqualTo(6001);
            assertThat(exits.score(exits.firstIn(2999), 2)).isEqualTo(-2999);
            int[] before = new int[3000];
            Arrays.setAll(before, frame -> exits.frame(exits.previous(exits.firstIn(frame))));
            assertThat(before[1234]).isEqualTo(1233);
        }
    }
}
