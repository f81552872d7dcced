package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.linguist.WordSequence;
import edu.cmu.sphinx.linguist.dictionary.Dictionary;
import edu.cmu.sphinx.linguist.dictionary.Word;
import edu.cmu.sphinx.linguist.language.ngram.trie.NgramTrieModel;
import java.net.URL;

/**
 * Sphinx's language model behind a lock: it keeps a cache and the depth of the last look-up in fields. A look-up takes
 * well under a microsecond, and decoders keep what they asked, so they hardly meet.
 */
final class SharedLanguageModel extends NgramTrieModel {
    private static final int CACHE = 1; // decoders have their own

    private static final int DEPTH = 3; // trigrams, as in the file

    SharedLanguageModel(URL location, Dictionary dictionary) {
        super("", location, null, CACHE, false, DEPTH, dictionary, false, 1f, 1.0, 1f);
    }

    /** Answers for words by their number in the array. */
    LanguageScores of(Word[] words) {
        return (before, last, word) -> getProbability(sequence(words, before, last, word));
    }

    private static WordSequence sequence(Word[] words, int before, int last, int word) {
        if (last == LanguageScores.NONE) {
            return new WordSequence(words[word]);
        }
        if (before == LanguageScores.NONE) {
            return new WordSequence(words[last], words[word]);
        }
        return new WordSequence(words[before], words[last], words[word]);
    }

    @Override
    public synchronized float getProbability(WordSequence words) {
        return super.getProbability(words);
    }

    @Override
    public void onUtteranceEnd() {
        // Sphinx only logs here
    }
}
