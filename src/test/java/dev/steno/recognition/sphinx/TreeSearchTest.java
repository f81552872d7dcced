package dev.steno.recognition.sphinx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.sphinx.TreeSearch.TreeBeams;
import org.junit.jupiter.api.Test;

class TreeSearchTest {
    private static final LanguageScores ANY = (before, last, word) -> -1;

    @Test
    void hears_words_and_where_they_end() {
        Lexicon lexicon = TinyModel.lexicon("bad:bad", "bag:bag", "a:a", "cab:cab");

        WordExits exits = TinyModel.first(lexicon, ANY, "bbbaaagggaaacccaaabbb");

        assertThat(TinyModel.best(exits, ANY, lexicon)).isEqualTo("bag@8 a@11 cab@20");
    }

    @Test
    void hears_silence_between_words() {
        Lexicon lexicon = TinyModel.lexicon("bad:bad", "bag:bag");

        WordExits exits = TinyModel.first(lexicon, ANY, "____bbbaaaggg_____bbbaaaddd___");

        assertThat(TinyModel.best(exits, ANY, lexicon)).isEqualTo("<sil>@3 bag@12 <sil>@17 bad@26 <sil>@29");
    }

    @Test
    void chooses_between_words_that_sound_the_same_by_the_two_words_before() {
        Lexicon lexicon = TinyModel.lexicon("be:bb", "bee:bb", "a:a", "see:cc", "sea:cc");
        int bee = 1;
        int a = 2;
        int sea = 4;
        LanguageScores language = (before, last, word) ->
                (word == bee && last == a) || (word == sea && last == bee && before == a) || word == a ? -1 : -9;

        WordExits exits = TinyModel.first(lexicon, language, "aaabbbbbb___cccccc");

        assertThat(TinyModel.best(exits, language, lexicon)).isEqualTo("a@2 bee@8 <sil>@11 sea@17");
    }

    @Test
    void does_not_charge_a_rare_word_before_its_last_phone() {
        Lexicon lexicon = TinyModel.lexicon("fade:bad", "rare:bag");
        int rare = 1;
        LanguageScores language = (before, last, word) -> word == rare ? -200 : 0;
        TreeBeams narrow = new TreeBeams(-90, -90, -90, -600, -600);
        TreeSearch search = TinyModel.tree(lexicon, language, narrow);
        search.start(lexicon.start(), LanguageScores.NONE);
        TinyModel.sound("bbbaaaggg").forEach(frame -> search.hear(frame, PhoneFits.ANY));

        assertThat(TinyModel.best(search.exits(), language, lexicon)).isEqualTo("rare@8");
    }

    @Test
    void does_not_enter_a_phone_that_the_next_frames_do_not_sound_like() {
        Lexicon lexicon = TinyModel.lexicon("bad:bad", "bag:bag");
        TreeSearch search = TinyModel.tree(lexicon, ANY, TinyModel.TREE_BEAMS);
        PhoneFits noD = phone -> phone == TinyModel.LETTERS.indexOf('d') ? -2000 : 0;
        search.start(lexicon.start(), LanguageScores.NONE);
        TinyModel.sound("bbbaaaddd").forEach(frame -> search.hear(frame, noD));

        assertThat(TinyModel.best(search.exits(), ANY, lexicon)).isEqualTo("bag@8");
    }

    @Test
    void guesses_the_words_before_the_one_that_is_spoken() {
        Lexicon lexicon = TinyModel.lexicon("bad:bad", "cab:cab");
        TreeSearch search = TinyModel.tree(lexicon, ANY, TinyModel.TREE_BEAMS);
        search.start(lexicon.start(), LanguageScores.NONE);
        TinyModel.sound("bbbaaadddcccaaa").forEach(frame -> search.hear(frame, PhoneFits.ANY));

        int guess = search.guess();
        assertThat(search.exits().entry(guess)).isZero();
        assertThat(search.exits().frame(guess)).isEqualTo(8);
    }

    @Test
    void hears_one_utterance_after_the_other() {
        Lexicon lexicon = TinyModel.lexicon("bad:bad", "cab:cab");
        TreeSearch search = TinyModel.tree(lexicon, ANY, TinyModel.TREE_BEAMS);
        for (String sound : new String[] {"bbbaaad", "cccaaabbb"}) {
            search.start(lexicon.start(), LanguageScores.NONE);
            TinyModel.sound(sound).forEach(frame -> search.hear(frame, PhoneFits.ANY));
        }

        assertThat(TinyModel.best(search.exits(), ANY, lexicon)).isEqualTo("cab@8");
    }

    @Test
    void hears_nothing_in_nothing() {
        Lexicon lexicon = TinyModel.lexicon("bad:bad");

        WordExits exits = TinyModel.first(lexicon, ANY, "");

        assertThat(TinyModel.best(exits, ANY, lexicon)).isEmpty();
    }
}
