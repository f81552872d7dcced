package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.linguist.Linguist;
import edu.cmu.sphinx.linguist.SearchGraph;
import edu.cmu.sphinx.util.props.PropertySheet;

/** A search graph that was built already: a search manager's wish to load or to release it is not heard. */
record SharedLinguist(Linguist loaded) implements Linguist {
    @Override
    public SearchGraph getSearchGraph() {
        return loaded.getSearchGraph();
    }

    @Override
    public void startRecognition() {
        loaded.startRecognition();
    }

    @Override
    public void stopRecognition() {
        loaded.stopRecognition();
    }

    @Override
    public void allocate() {
        // loaded already
    }

    @Override
    public void deallocate() {
        // shared with other decoders
    }

    @Override
    public void newProperties(PropertySheet properties) {
        throw new UnsupportedOperationException("built by hand");
    }
}
