package dev.steno.recognition.sphinx;

import java.util.Arrays;

/**
 * A language model's answers, kept for one recording: a search asks the same again and again. Bounded: an answer takes
 * the place of an older one. Not thread-safe.
 */
final class CachedLanguage implements LanguageScores {
    /** A recording asks for some ten thousand; this is 0.8 MB. */
    private static final int SLOTS = 1 << 16;

    private static final int WORD_BITS = 21;
    private static final long NO_KEY = -1;

    private final LanguageScores model;
    private final long[] keys = new long[SLOTS];
    private final float[] scores = new float[SLOTS];

    CachedLanguage(LanguageScores model) {
        this.model = model;
        Arrays.fill(keys, NO_KEY);
    }

    @Override
    public float score(int before, int last, int word) {
        long key = (((long) (before + 1) << WORD_BITS) | (last + 1)) << WORD_BITS | word;
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 48); // golden ratio: 16 well mixed bits
        if (keys[slot] != key) {
            scores[slot] = model.score(before, last, word);
            keys[slot] = key;
        }
        return scores[slot];
    }
}
