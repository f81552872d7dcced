package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.util.LogMath;

/**
 * Every number that trades words against time. How they were found: docs/adr/0002-sphinx-tuning.md. Beams say how much
 * less likely than the best a path may be.
 *
 * @param tree of the first pass
 * @param flat of the second pass
 * @param phoneWeight how much it counts, before a path enters a phone, that the next frames do not sound like it
 * @param minimumEnds over how many frames the first pass must hear a word end before the second looks at it
 * @param usualMeanFrames how many frames the mean from before counts in the mean of an utterance
 */
record SphinxTuning(
        Weights tree,
        TreeBeams treeBeams,
        Weights flat,
        FlatBeams flatBeams,
        float phoneWeight,
        int minimumEnds,
        int usualMeanFrames) {
    static final SphinxTuning DEFAULT = new SphinxTuning(
            new Weights(6.5f, 0.65, 0.005, 1e-8),
            new TreeBeams(1e-48, 1e-48, 1e-40, 7e-29, 7e-29),
            new Weights(8.5f, 0.57, 0.005, 1e-8),
            new FlatBeams(1e-64, 7e-29, 25),
            3f,
            4,
            40);

    private static final LogMath LOG = LogMath.getLogMath();

    record Weights(float language, double word, double silence, double filler) {
        SearchWeights logarithms() {
            return new SearchWeights(
                    language, LOG.linearToLog(word), LOG.linearToLog(silence), LOG.linearToLog(filler));
        }
    }

    record TreeBeams(double state, double phone, double lastPhone, double lastPhoneOnly, double word) {
        TreeSearch.TreeBeams logarithms() {
            return new TreeSearch.TreeBeams(
                    LOG.linearToLog(state),
                    LOG.linearToLog(phone),
                    LOG.linearToLog(lastPhone),
                    LOG.linearToLog(lastPhoneOnly),
                    LOG.linearToLog(word));
        }
    }

    record FlatBeams(double state, double word, int window) {
        FlatSearch.FlatBeams logarithms() {
            return new FlatSearch.FlatBeams(LOG.linearToLog(state), LOG.linearToLog(word), window);
        }
    }
}
