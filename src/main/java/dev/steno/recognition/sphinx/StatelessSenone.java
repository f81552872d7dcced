package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.frontend.Data;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.MixtureComponent;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.Senone;

/** A state of the acoustic model that any number of threads may score at once: the frame holds the scores. */
final class StatelessSenone implements Senone {
    private static final long serialVersionUID = 1L;

    private final int id;

    StatelessSenone(int id) {
        this.id = id;
    }

    @Override
    public float getScore(Data frame) {
        return ((ScoredFrame) frame).score(id);
    }

    @Override
    public long getID() {
        return id;
    }

    @Override
    public void dump(String message) {
        // only Sphinx's debugging tools call this
    }

    @Override
    public float[] calculateComponentScore(Data frame) {
        throw new UnsupportedOperationException("only for training");
    }

    @Override
    public MixtureComponent[] getMixtureComponents() {
        throw new UnsupportedOperationException("only for training");
    }

    @Override
    public float[] getLogMixtureWeights() {
        throw new UnsupportedOperationException("only for training");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StatelessSenone senone && senone.id == id;
    }

    @Override
    public int hashCode() {
        return id;
    }
}
