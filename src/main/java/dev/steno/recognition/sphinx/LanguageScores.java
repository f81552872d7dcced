package dev.steno.recognition.sphinx;

/** How probable a word is after others. */
@FunctionalInterface
interface LanguageScores {
    /** Instead of a word that is not known. */
    int NONE = -1;

    /**
     * The logarithm, 0 or less.
     *
     * @param before the word before the last, or {@link #NONE}
     * @param last the last word, or {@link #NONE}
     */
    float score(int before, int last, int word);
}
