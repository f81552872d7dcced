package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.linguist.acoustic.Unit;
import edu.cmu.sphinx.linguist.dictionary.Dictionary;
import edu.cmu.sphinx.linguist.dictionary.Pronunciation;
import edu.cmu.sphinx.linguist.dictionary.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Makes a {@link Lexicon} of the words that Sphinx's dictionary and its language model both know. */
final class LexiconLoader {
    private final ToIntFunction<Unit> phones;
    private final List<Word> words = new ArrayList<>();
    private final List<Pronunciation> entries = new ArrayList<>();
    private final List<Integer> wordOfEntry = new ArrayList<>();

    /** @param phones the number of each phone */
    LexiconLoader(ToIntFunction<Unit> phones) {
        this.phones = phones;
    }

    Lexicon load(Dictionary dictionary, Set<String> vocabulary) {
        vocabulary.stream().sorted().map(dictionary::getWord).forEach(word -> {
            if (word != null && !word.isFiller()) {
                add(word);
            }
        });
        int silence = entries.size();
        add(dictionary.getSilenceWord());
        for (Word filler : dictionary.getFillerWords()) {
            if (!isSentenceMark(filler) && !filler.equals(dictionary.getSilenceWord())) {
                add(filler);
            }
        }
        int start = words.size();
        words.add(dictionary.getSentenceStartWord());
        words.add(dictionary.getSentenceEndWord());
        return lexicon(silence, start, start + 1);
    }

    private static boolean isSentenceMark(Word word) {
        return word.isSentenceStartWord() || word.isSentenceEndWord();
    }

    private void add(Word word) {
        for (Pronunciation pronunciation : word.getPronunciations()) {
            entries.add(pronunciation);
            wordOfEntry.add(words.size());
        }
        words.add(word);
    }

    private Lexicon lexicon(int silence, int start, int end) {
        boolean[] fillers = new boolean[entries.size()];
        int[][] spoken = new int[entries.size()][];
        for (int entry = 0; entry < spoken.length; entry++) {
            spoken[entry] = Arrays.stream(entries.get(entry).getUnits())
                    .mapToInt(phones)
                    .toArray();
            fillers[entry] = entry >= silence;
        }
        int[] wordOf = wordOfEntry.stream().mapToInt(Integer::intValue).toArray();
        String[] spellings = words.stream().map(Word::getSpelling).toArray(String[]::new);
        return new Lexicon(spoken, wordOf, fillers, spellings, silence, start, end);
    }

    /** The words by the numbers that they have in the lexicon. */
    Word[] words() {
        return words.toArray(Word[]::new);
    }
}
