package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.decoder.pruner.SimplePruner;
import edu.cmu.sphinx.decoder.scorer.AcousticScorer;
import edu.cmu.sphinx.decoder.search.ActiveListManager;
import edu.cmu.sphinx.decoder.search.Token;
import edu.cmu.sphinx.decoder.search.WordPruningBreadthFirstSearchManager;
import edu.cmu.sphinx.linguist.Linguist;
import edu.cmu.sphinx.linguist.SearchState;

/** Sphinx's search without lattices and history, and with a faster {@link BestTokens}. */
final class WordSearch extends WordPruningBreadthFirstSearchManager {
    private final BestTokens best = new BestTokens();

    WordSearch(Linguist linguist, AcousticScorer scorer, ActiveListManager active, SphinxTuning tuning) {
        super(
                linguist,
                new SimplePruner(),
                scorer,
                active,
                false, // no counting of tokens
                tuning.relativeBeam(),
                0, // no frame is skipped
                false, // no checks of the order of states
                false, // no lattice
                0, // of no edges
                tuning.acousticLookahead(),
                false); // only the tokens of words are kept
    }

    @Override
    protected void createBestTokenMap() {
        best.clear();
    }

    @Override
    protected Token getBestToken(SearchState state) {
        return best.get(state);
    }

    @Override
    protected void setBestToken(Token token, SearchState state) {
        best.put(state, token);
    }
}
