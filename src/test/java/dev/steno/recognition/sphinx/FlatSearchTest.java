package dev.steno.recognition.sphinx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.sphinx.FlatSearch.FlatBeams;
import org.junit.jupiter.api.Test;

class FlatSearchTest {
    private static final LanguageScores ANY = (before, last, word) -> -1;

    @Test
    void finds_the_words_that_only_become_likely_by_the_word_after_them() {
        // "ab" is likely, but then "cde" is not: a first pass enters "cde" from "ab", for it does not know yet that it
        // is "cde"
        Lexicon lexicon = TinyModel.lexicon("ab:ab", "abc:abc", "cde:cde");
        LanguageScores language = (before, last, word) -> switch (word) {
            case 0 -> -1;
            case 1 -> -3;
            case 2 -> last == 1 ? -1 : -20;
            default -> 0;
        };
        String sound = "aaabbbcccccccdddeee";
        WordExits first = TinyModel.first(lexicon, language, sound);
        assertThat(TinyModel.best(first, language, lexicon)).isEqualTo("ab@5 cde@18");

        WordExits second = second(lexicon, first, language, sound, TinyModel.FLAT_BEAMS);

        assertThat(TinyModel.best(second, language, lexicon)).startsWith("abc@").endsWith(" cde@18");
    }

    private static WordExits second(
            Lexicon lexicon, WordExits first, LanguageScores language, String sound, FlatBeams beams) {
        return new FlatSearch(lexicon, TinyModel.PHONES, new WordWindows(first, 0), language, TinyModel.WEIGHTS, beams)
                .search(TinyModel.sound(sound), lexicon.start(), LanguageScores.NONE);
    }

    @Test
    void knows_no_words_but_those_of_the_first_pass_about_when_it_heard_them() {
        Lexicon lexicon = TinyModel.lexicon("bad:bad", "cab:cab", "a:a");
        WordExits first = TinyModel.first(lexicon, ANY, "bbbaaaddd____________________________________cccaaabbb");

        WordExits swapped = second(
                lexicon,
                first,
                ANY,
                "cccaaabbb____________________________________bbbaaaddd",
                new FlatBeams(-5000, -5000, 10));

        assertThat(TinyModel.best(swapped, ANY, lexicon))
                .doesNotContain("cab@8")
                .doesNotContain("bad@53");
    }

    @Test
    void hears_silence_and_words_of_one_phone() {
        Lexicon lexicon = TinyModel.lexicon("a:a", "b:b", "bad:bad");
        String sound = "___aaa____bbb___bbbaaaddd___aaa";
        WordExits first = TinyModel.first(lexicon, ANY, sound);

        WordExits second = second(lexicon, first, ANY, sound, TinyModel.FLAT_BEAMS);

        assertThat(TinyModel.best(second, ANY, lexicon))
                .isEqualTo("<sil>@2 a@5 <sil>@9 b@12 <sil>@15 bad@24 <sil>@27 a@30");
    }

    @Test
    void goes_on_after_words_that_were_said_before() {
        Lexicon lexicon = TinyModel.lexicon("see:cc", "sea:cc", "the:d", "to:e");
        LanguageScores language =
                (before, last, word) -> (word == 1 && last == 2) || (word == 0 && last == 3) ? -1 : -9;
        WordExits first = TinyModel.first(lexicon, language, "cccccc");
        FlatSearch afterThe = search(lexicon, first, language);
        FlatSearch afterTo = search(lexicon, first, language);

        WordExits sea = afterThe.search(TinyModel.sound("cccccc"), 2, LanguageScores.NONE);
        WordExits see = afterTo.search(TinyModel.sound("cccccc"), 3, LanguageScores.NONE);

        assertThat(TinyModel.best(sea, language, lexicon)).isEqualTo("sea@5");
        assertThat(TinyModel.best(see, language, lexicon)).isEqualTo("see@5");
    }

    private static FlatSearch search(Lexicon lexicon, WordExits first, LanguageScores language) {
        WordWindows words = new WordWindows(first, 0);
        return new FlatSearch(lexicon, TinyModel.PHONES, words, language, TinyModel.WEIGHTS, TinyModel.FLAT_BEAMS);
    }

    @Test
    void finds_nothing_where_the_first_pass_heard_nothing() {
        Lexicon lexicon = TinyModel.lexicon("bad:bad");
        WordExits first = TinyModel.first(lexicon, ANY, "");

        WordExits second = second(lexicon, first, ANY, "", TinyModel.FLAT_BEAMS);

        assertThat(TinyModel.best(second, ANY, lexicon)).isEmpty();
    }
}
