package dev.steno.recognition.sphinx;

import dev.steno.recognition.sphinx.Phones.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A model that fits into a head. Its phones are the letters a to h and silence, {@code _}; each sounds the same in
 * every word. A sound is a letter for each frame.
 */
final class TinyModel {
    static final String LETTERS = "_abcdefgh";

    /** What a frame costs that does not sound like the phone. */
    static final float WRONG = -100;

    /** What each step costs, also one that stays. */
    static final float STEP = -1;

    static final Phones PHONES = phones();

    static final SearchWeights WEIGHTS = new SearchWeights(1, 0, -5, -50);

    static final TreeSearch.TreeBeams TREE_BEAMS = new TreeSearch.TreeBeams(-250, -250, -250, -250, -250);

    static final FlatSearch.FlatBeams FLAT_BEAMS = new FlatSearch.FlatBeams(-1000, -1000, 25);

    private TinyModel() {}

    private static Phones phones() {
        int count = LETTERS.length();
        int[] sequences = new int[count * count * count];
        for (int i = 0; i < sequences.length; i++) {
            sequences[i] = i / (count * count);
        }
        int[] senones = new int[count * Phones.STATES];
        Arrays.setAll(senones, i -> i);
        float never = Float.NEGATIVE_INFINITY;
        float[] transitions = {
            STEP, STEP, never, never, //
            never, STEP, STEP, never, //
            never, never, STEP, STEP, //
            never, never, never, never
        };
        Map<Position, int[]> positions = new EnumMap<>(Position.class);
        for (Position position : Position.values()) {
            positions.put(position, sequences);
        }
        return new Phones(
                count,
                0,
                positions,
                senones,
                Collections.nCopies(count, transitions).toArray(float[][]::new));
    }

    /** Of words as {@code spelling:phones}, by number, then silence, then the beginning and the end of a sentence. */
    static Lexicon lexicon(String... words) {
        int[][] phones = new int[words.length + 1][];
        int[] wordOf = new int[words.length + 1];
        boolean[] fillers = new boolean[words.length + 1];
        String[] spellings = new String[words.length + 3];
        for (int i = 0; i < words.length; i++) {
            String[] parts = words[i].split(":", -1);
            spellings[i] = parts[0];
            phones[i] = parts[1].chars().map(LETTERS::indexOf).toArray();
            wordOf[i] = i;
        }
        int silence = words.length;
        spellings[silence] = "<sil>";
        phones[silence] = new int[] {0};
        wordOf[silence] = silence;
        fillers[silence] = true;
        spellings[silence + 1] = "<s>";
        spellings[silence + 2] = "</s>";
        return new Lexicon(phones, wordOf, fillers, spellings, silence, silence + 1, silence + 2);
    }

    static List<FrameScores> sound(String letters) {
        List<FrameScores> frames = new ArrayList<>();
        letters.chars()
                .map(LETTERS::indexOf)
                .forEach(phone -> frames.add(senone -> {
                    return senone / Phones.STATES == phone ? 0 : WRONG;
                }));
        return frames;
    }

    static TreeSearch tree(Lexicon lexicon, LanguageScores language, TreeSearch.TreeBeams beams) {
        LexicalTree tree = LexicalTree.shared(lexicon, PHONES);
        return new TreeSearch(lexicon, PHONES, tree, language, WEIGHTS, beams);
    }

    /** What a first pass hears. */
    static WordExits first(Lexicon lexicon, LanguageScores language, String sound) {
        TreeSearch search = tree(lexicon, language, TREE_BEAMS);
        search.start(lexicon.start(), LanguageScores.NONE);
        sound(sound).forEach(frame -> search.hear(frame, PhoneFits.ANY));
        return search.exits();
    }

    /** The words of the best path to the end, and where they end. */
    static String best(WordExits exits, LanguageScores language, Lexicon lexicon) {
        List<String> words = new ArrayList<>();
        int exit = exits.last(language, WEIGHTS);
        for (; exits.entry(exit) != WordExits.NONE; exit = exits.previous(exit)) {
            words.add(lexicon.spelling(lexicon.word(exits.entry(exit))) + "@" + exits.frame(exit));
        }
        Collections.reverse(words);
        return String.join(" ", words);
    }
}
