package dev.steno.recognition.sphinx;

import java.util.stream.IntStream;

/**
 * The words that can be recognised, by number, and how they are spoken. An entry is one pronunciation of a word; a word
 * with several has several entries. Immutable.
 */
final class Lexicon {
    private final int[][] phones;
    private final int[] words;
    private final boolean[] fillers;
    private final String[] spellings;
    private final int silence;
    private final int[] fillerEntries;
    private final int start;
    private final int end;

    /**
     * @param phones by entry
     * @param words by entry, its word
     * @param fillers by entry, whether it is a silence or a noise
     * @param spellings by word
     * @param silence the entry of silence
     * @param start the word that stands for the beginning of a sentence
     * @param end the word that stands for its end
     */
    Lexicon(int[][] phones, int[] words, boolean[] fillers, String[] spellings, int silence, int start, int end) {
        this.phones = phones;
        this.words = words;
        this.fillers = fillers;
        this.spellings = spellings;
        this.silence = silence;
        fillerEntries = IntStream.range(0, fillers.length)
                .filter(entry -> fillers[entry])
                .toArray();
        this.start = start;
        this.end = end;
    }

    int entries() {
        return words.length;
    }

    /** Not to be changed. */
    int[] phones(int entry) {
        return phones[entry];
    }

    int firstPhone(int entry) {
        return phones[entry][0];
    }

    int lastPhone(int entry) {
        return phones[entry][phones[entry].length - 1];
    }

    boolean singlePhone(int entry) {
        return phones[entry].length == 1;
    }

    int word(int entry) {
        return words[entry];
    }

    boolean filler(int entry) {
        return fillers[entry];
    }

    String spelling(int word) {
        return spellings[word];
    }

    /** The entry of silence. */
    int silence() {
        return silence;
    }

    /** The entries of silence and noises, all of one phone. Not to be changed. */
    int[] fillers() {
        return fillerEntries;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }
}
