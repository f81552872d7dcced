package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.frontend.BaseDataProcessor;
import edu.cmu.sphinx.frontend.Data;
import edu.cmu.sphinx.frontend.DoubleData;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what an utterance sounds like, before a mean is subtracted from it, so that it can be heard again with the mean
 * of all of it: 0.4 MB for 30 s.
 */
final class KeptCepstra extends BaseDataProcessor {
    private final List<double[]> kept = new ArrayList<>();

    @Override
    public Data getData() {
        Data data = getPredecessor().getData();
        if (data instanceof DoubleData cepstrum) {
            kept.add(cepstrum.getValues().clone());
        }
        return data;
    }

    void clear() {
        kept.clear();
    }

    /**
     * The features of the whole utterance.
     *
     * @param usual a mean that was learned before
     * @param weight how many frames that is worth, for an utterance that is too short to have a mean of its own
     */
    List<float[]> features(double[] usual, double weight) {
        double[] mean = mean(usual, weight);
        List<float[]> features = new ArrayList<>(kept.size());
        for (int frame = 0; frame < kept.size(); frame++) {
            features.add(feature(frame, mean));
        }
        return features;
    }

    /** The cepstrum and its first and second differences, as Sphinx's {@code DeltasFeatureExtractor} makes them. */
    private float[] feature(int frame, double[] mean) {
        int size = mean.length;
        float[] feature = new float[3 * size];
        for (int i = 0; i < size; i++) {
            feature[i] = (float) (at(frame, i) - mean[i]);
            feature[size + i] = (float) (at(frame + 2, i) - at(frame - 2, i));
            feature[2 * size + i] =
                    (float) (at(frame + 3, i) - at(frame - 1, i) - (at(frame + 1, i) - at(frame - 3, i)));
        }
        return feature;
    }

    private double at(int frame, int coefficient) {
        return kept.get(Math.max(0, Math.min(frame, kept.size() - 1)))[coefficient];
    }

    private double[] mean(double[] usual, double weight) {
        double[] sum = usual.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] *= weight;
        }
        double count = weight;
        for (double[] cepstrum : kept) {
            if (MeanNormalizer.audible(cepstrum)) {
                count++;
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += cepstrum[i];
                }
            }
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= count;
        }
        return sum;
    }
}
