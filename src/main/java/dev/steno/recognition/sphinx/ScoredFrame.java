package dev.steno.recognition.sphinx;

import dev.steno.transcript.AudioFormat;
import edu.cmu.sphinx.frontend.FloatData;
import java.util.Arrays;

/** The features of 10 ms of sound, with the scores that were already asked for. Belongs to one decoder. */
final class ScoredFrame extends FloatData {
    private final GaussianCodebooks codebooks;
    private final GaussianCodebooks.Best[] best;
    private final float[] scores;

    ScoredFrame(FloatData features, GaussianCodebooks codebooks) {
        super(features.getValues(), AudioFormat.SAMPLE_RATE_HERTZ, features.getFirstSampleNumber());
        this.codebooks = codebooks;
        best = new GaussianCodebooks.Best[codebooks.codebooks()];
        scores = new float[codebooks.senones()];
        Arrays.fill(scores, Float.NaN);
    }

    float score(int senone) {
        if (Float.isNaN(scores[senone])) {
            scores[senone] = codebooks.score(senone, best(codebooks.codebookOf(senone)));
        }
        return scores[senone];
    }

    private GaussianCodebooks.Best best(int codebook) {
        if (best[codebook] == null) {
            best[codebook] = codebooks.best(codebook, getValues());
        }
        return best[codebook];
    }
}
