package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.linguist.WordSequence;
import edu.cmu.sphinx.linguist.dictionary.Dictionary;
import edu.cmu.sphinx.linguist.language.ngram.trie.NgramTrieModel;
import java.net.URL;

/**
 * Sphinx's language model behind a lock: it keeps a cache and the depth of the last look-up in fields. A look-up takes
 * well under a microsecond, so the decoders hardly meet.
 */
final class SharedLanguageModel extends NgramTrieModel {
    /** Cached trigrams, about 100 bytes each. */
    private static final int CACHE = 50_000;

    private static final int DEPTH = 3; // trigrams, as in the file

    SharedLanguageModel(URL location, Dictionary dictionary) {
        super("", location, null, CACHE, false, DEPTH, dictionary, false, 1f, 1.0, 1f);
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
