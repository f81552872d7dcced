package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.linguist.acoustic.tiedstate.GaussianWeights;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.Pool;
import edu.cmu.sphinx.util.LogMath;
import java.util.Arrays;

/**
 * Scores sound against the acoustic model, without any state, so that all decoders share one model. Sphinx keeps the
 * scores of the last frame inside its senones and Gaussians, which ties a model of 100 MB to one thread; here they live
 * in the {@link ScoredFrame}.
 *
 * <p>The model is phonetically tied: each context-independent phone has a codebook of Gaussians for each of the three
 * feature streams (cepstrum, first and second differences), and a senone is a set of weights over its phone's codebook.
 * All scores are in the logarithm of {@link LogMath}.
 */
final class GaussianCodebooks {
    /** As many as Sphinx uses; the rest of a codebook adds nothing that can be heard in the words. */
    private static final int TOP = 4;

    /**
     * States of a phone. The senones of the phones without context, one phone after the other, are the first in
     * Sphinx's model files.
     */
    static final int PHONE_STATES = 3;

    private final LogMath logMath = LogMath.getLogMath();
    private final LogSum logSum = new LogSum(logMath);
    private final GaussianWeights weights;
    private final int[] codebookOfSenone;
    private final int streams;
    private final int gaussians;
    private final int dimensions;
    /**
     * Per codebook and stream, first the first dimension of all Gaussians, then the second: fit for vector
     * instructions.
     */
    private final float[][] means;

    private final float[][] precisions;
    private final float[][] factors;

    GaussianCodebooks(
            Pool<float[]> means,
            Pool<float[]> variances,
            GaussianWeights weights,
            int[] codebookOfSenone,
            float varianceFloor) {
        this.weights = weights;
        this.codebookOfSenone = codebookOfSenone.clone();
        streams = weights.getStreamsNum();
        gaussians = weights.getGauPerState();
        dimensions = means.get(0).length;
        int sets = means.size() / gaussians;
        this.means = new float[sets][gaussians * dimensions];
        precisions = new float[sets][gaussians * dimensions];
        factors = new float[sets][gaussians];
        for (int i = 0; i < means.size(); i++) {
            add(i / gaussians, i % gaussians, means.get(i), variances.get(i), varianceFloor);
        }
    }

    private void add(int set, int gaussian, float[] mean, float[] variance, float varianceFloor) {
        double logDeterminant = 0;
        for (int d = 0; d < dimensions; d++) {
            float floored = Math.max(variance[d], varianceFloor);
            means[set][d * gaussians + gaussian] = mean[d];
            precisions[set][d * gaussians + gaussian] = -0.5f / floored;
            logDeterminant += Math.log(floored);
        }
        factors[set][gaussian] = (float) (-0.5 * (dimensions * Math.log(2 * Math.PI) + logDeterminant));
    }

    int senones() {
        return codebookOfSenone.length;
    }

    int codebooks() {
        return factors.length / streams;
    }

    int codebookOf(int senone) {
        return codebookOfSenone[senone];
    }

    /** The best Gaussians of one codebook for one frame. */
    Best best(int codebook, float[] features) {
        Best best = new Best(streams);
        for (int stream = 0; stream < streams; stream++) {
            findBest(codebook * streams + stream, features, stream, best);
        }
        return best;
    }

    /** For each stream the {@link #TOP} best Gaussians, the best first. */
    static final class Best {
        private final int[] ids;
        private final float[] scores;

        private Best(int streams) {
            ids = new int[streams * TOP];
            scores = new float[streams * TOP];
        }
    }

    private void findBest(int set, float[] features, int stream, Best best) {
        float[] densities = logDensities(set, features, stream * dimensions);
        int from = stream * TOP;
        int last = from + TOP - 1;
        Arrays.fill(best.scores, from, from + TOP, Float.NEGATIVE_INFINITY);
        for (int g = 0; g < gaussians; g++) {
            if (densities[g] > best.scores[last]) {
                insert(best, from, last, g, densities[g]);
            }
        }
        for (int i = from; i <= last; i++) {
            best.scores[i] = logMath.lnToLog(best.scores[i]);
        }
    }

    /** Natural logarithms of the densities of all Gaussians. */
    private float[] logDensities(int set, float[] features, int offset) {
        float[] sums = factors[set].clone();
        for (int d = 0; d < dimensions; d++) {
            add(sums, features[offset + d], means[set], precisions[set], d * gaussians);
        }
        return sums;
    }

    /** A loop of its own, so that the compiler makes vector instructions of it. */
    private static void add(float[] sums, float feature, float[] mean, float[] precision, int from) {
        for (int g = 0; g < sums.length; g++) {
            float difference = feature - mean[from + g];
            sums[g] += difference * difference * precision[from + g];
        }
    }

    private static void insert(Best best, int from, int last, int id, float score) {
        int i = last;
        while (i > from && best.scores[i - 1] < score) {
            best.scores[i] = best.scores[i - 1];
            best.ids[i] = best.ids[i - 1];
            i--;
        }
        best.scores[i] = score;
        best.ids[i] = id;
    }

    float score(int senone, Best best) {
        float score = 0;
        for (int stream = 0; stream < streams; stream++) {
            int first = stream * TOP;
            float sum = best.scores[first] + weights.get(senone, stream, best.ids[first]);
            for (int i = first + 1; i < first + TOP; i++) {
                sum = logSum.add(sum, best.scores[i] + weights.get(senone, stream, best.ids[i]));
            }
            score += sum;
        }
        return score;
    }
}
