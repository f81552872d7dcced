package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.decoder.pruner.SimplePruner;
import edu.cmu.sphinx.decoder.scorer.AcousticScorer;
import edu.cmu.sphinx.decoder.scorer.SimpleAcousticScorer;
import edu.cmu.sphinx.decoder.search.ActiveListManager;
import edu.cmu.sphinx.decoder.search.Token;
import edu.cmu.sphinx.decoder.search.WordPruningBreadthFirstSearchManager;
import edu.cmu.sphinx.linguist.Linguist;
import edu.cmu.sphinx.linguist.SearchState;
import edu.cmu.sphinx.linguist.SearchStateArc;
import edu.cmu.sphinx.linguist.lextree.LexTreeLinguist.LexTreeHMMState;

/**
 * Sphinx's search without lattices and history, with a faster {@link BestTokens}, and with a look ahead before it enters
 * a phone.
 */
final class WordSearch extends WordPruningBreadthFirstSearchManager {
    private final BestTokens best = new BestTokens();
    private final PhoneLookAhead phones;
    private final float phoneWeight;
    private float threshold;

    WordSearch(SphinxModels models, ActiveListManager active, PhoneLookAhead phones) {
        this(models.linguist(), new SimpleAcousticScorer(phones, null), active, phones, models.tuning());
    }

    private WordSearch(
            Linguist linguist,
            AcousticScorer scorer,
            ActiveListManager active,
            PhoneLookAhead phones,
            SphinxTuning tuning) {
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
                0f, // no extrapolation of scores: the phones ahead tell more
                false); // only the tokens of words are kept
        this.phones = phones;
        phoneWeight = tuning.phoneWeight();
    }

    @Override
    protected void localStart() {
        threshold = Float.NEGATIVE_INFINITY;
        super.localStart();
    }

    @Override
    protected void growEmittingBranches() {
        threshold = activeList.getBeamThreshold();
        super.growEmittingBranches();
    }

    /** As Sphinx does it, without what was left out, and with {@link #hopeless}. */
    @Override
    protected void collectSuccessorTokens(Token token) {
        Token predecessor = getResultListPredecessor(token);
        if (token.isFinal()) {
            resultList.add(predecessor);
            return;
        }
        for (SearchStateArc arc : token.getSearchState().getSuccessors()) {
            float score = token.getScore() + arc.getProbability();
            if (token.isEmitting() || !hopeless(arc.getState(), score)) {
                collect(predecessor, arc, score);
            }
        }
    }

    /** Whether a state would enter a phone that the next frames do not sound like, and so be pruned soon. */
    private boolean hopeless(SearchState next, float score) {
        return next instanceof LexTreeHMMState state && score + phoneWeight * phones.fit(state) < threshold;
    }

    private void collect(Token predecessor, SearchStateArc arc, float score) {
        SearchState next = arc.getState();
        Token known = best.get(next);
        if (known == null) {
            Token token = new Token(
                    predecessor,
                    next,
                    score,
                    arc.getInsertionProbability(),
                    arc.getLanguageProbability(),
                    currentCollectTime);
            best.put(next, token);
            activeListAdd(token);
        } else if (known.getScore() < score) {
            known.update(
                    predecessor,
                    next,
                    score,
                    arc.getInsertionProbability(),
                    arc.getLanguageProbability(),
                    currentCollectTime);
        }
    }

    @Override
    protected void createBestTokenMap() {
        best.clear();
    }
}
