package dev.steno.recognition.sphinx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.sphinx.SecondPass.End;
import org.junit.jupiter.api.Test;

/** What it hears is tested with the real models in {@link SphinxRecognizerTest}. */
class SecondPassTest {
    private final Lexicon lexicon = TinyModel.lexicon("bad:bad", "a:a");
    private final End far = end("bbbaaadddaaabbbaaaddd");
    private final End near = end("bbbaaaddd");

    private End end(String sound) {
        LanguageScores any = (before, last, word) -> 0;
        WordExits exits = TinyModel.first(lexicon, any, sound);
        return new End(exits, exits.last(any, TinyModel.WEIGHTS));
    }

    @Test
    void leaves_the_word_to_the_first_pass_where_the_second_did_not_come_as_far() {
        assertThat(near.orFarther(far, 11)).isEqualTo(far);
    }

    @Test
    void has_the_last_word_where_it_came_about_as_far() {
        assertThat(near.orFarther(far, 12)).isEqualTo(near);
        assertThat(far.orFarther(near, 0)).isEqualTo(far);
    }
}
