package dev.steno.recognition.sphinx;

import dev.steno.transcript.AudioFormat;
import edu.cmu.sphinx.frontend.FloatData;
import java.util.Arrays;

/** The features of 10 ms of sound, with the scores that were already asked for. Belongs to one decoder. */
final class ScoredFrame extends FloatData implements FrameScores {
    private final GaussianCodebooks codebooks;
    private final GaussianCodebooks.Best[] best;
    private final float[] scores;
    private float[] phoneFits;

    ScoredFrame(FloatData features, GaussianCodebooks codebooks) {
        super(features.getValues(), AudioFormat.SAMPLE_RATE_HERTZ, features.getFirstSampleNumber());
        this.codebooks = codebooks;
        best = new GaussianCodebooks.Best[codebooks.codebooks()];
        scores = new float[codebooks.senones()];
        Arrays.fill(scores, Float.NaN);
    }

    @Override
    public float score(int senone) {
        if (Float.isNaN(scores[senone])) {
            scores[senone] = codebooks.score(senone, best(codebooks.codebookOf(senone)));
        }
        return scores[senone];
    }

    /**
     * For each phone without context, how much worse it fits than the one that fits best: 0 or less. Not to be changed.
     */
    float[] phoneFits() {
        if (phoneFits == null) {
            phoneFits = new float[codebooks.codebooks()];
            float best = Float.NEGATIVE_INFINITY;
            for (int phone = 0; phone < phoneFits.length; phone++) {
                phoneFits[phone] = bestStateOf(phone);
                best = Math.max(best, phoneFits[phone]);
            }
            for (int phone = 0; phone < phoneFits.length; phone++) {
                phoneFits[phone] -= best;
            }
        }
        return phoneFits;
    }

    private float bestStateOf(int phone) {
        float best = Float.NEGATIVE_INFINITY;
        for (int state = 0; state < GaussianCodebooks.PHONE_STATES; state++) {
            best = Math.max(best, score(phone * GaussianCodebooks.PHONE_STATES + state));
        }
        return best;
    }

    private GaussianCodebooks.Best best(int codebook) {
        if (best[codebook] == null) {
            best[codebook] = codebooks.best(codebook, getValues());
        }
        return best[codebook];
    }
}
