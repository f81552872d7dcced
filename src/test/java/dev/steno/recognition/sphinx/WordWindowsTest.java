package dev.steno.recognition.sphinx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordWindowsTest {
    private static final int BAD = 0;
    private static final int CAB = 1;

    private final Lexicon lexicon = TinyModel.lexicon("bad:bad", "cab:cab");
    private final WordExits exits = new WordExits(lexicon, TinyModel.PHONES);

    WordWindowsTest() {
        exits.start(lexicon.start(), LanguageScores.NONE);
        for (int frame = 0; frame < 60; frame++) {
            exits.nextFrame();
            if (frame >= 10 && frame <= 15) {
                exits.add(BAD, 0, 0, 0); // begins in frame 0
            }
            if (frame == 40) {
                exits.add(BAD, 0, exits.firstIn(10), 0); // begins in frame 11
            }
            if (frame == 50 || frame == 52) {
                exits.add(CAB, 0, exits.firstIn(40), 0); // begins in frame 41
            }
        }
    }

    @Test
    void knows_each_word_once() {
        assertThat(new WordWindows(exits, 0).all()).containsExactly(BAD, CAB);
    }

    @Test
    void does_not_believe_what_ends_over_few_frames() {
        assertThat(new WordWindows(exits, 3).all()).containsExactly(BAD);
        assertThat(new WordWindows(exits, 6).all()).isEmpty();
    }

    @Test
    void knows_what_begins_near_a_frame() {
        WordWindows words = new WordWindows(exits, 0);

        assertThat(near(words, WordExits.START_FRAME)).containsExactly(BAD);
        assertThat(near(words, 20)).containsExactly(BAD);
        assertThat(near(words, 26)).isEmpty();
        assertThat(near(words, 35)).containsExactly(CAB);
        assertThat(near(words, 59)).isEmpty();
    }

    private int[] near(WordWindows words, int frame) {
        IntList found = new IntList();
        found.add(99);
        words.near(frame, 10, new boolean[lexicon.entries()], found);
        return found.toArray();
    }
}
