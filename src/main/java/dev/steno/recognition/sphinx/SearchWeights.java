package dev.steno.recognition.sphinx;

/**
 * What a search adds to the sound, all but the first as logarithms.
 *
 * @param language how much the language model counts against the sound
 * @param word for one more word
 * @param silence for a silence between two words
 * @param filler for a noise between two words
 */
record SearchWeights(float language, float word, float silence, float filler) {
    /** For a word of which the language model says this. */
    float word(float languageScore) {
        return language * languageScore + word;
    }

    float filler(boolean isSilence) {
        return isSilence ? silence : filler;
    }
}
