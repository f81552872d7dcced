package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.frontend.BaseDataProcessor;
import edu.cmu.sphinx.frontend.Data;
import edu.cmu.sphinx.frontend.DoubleData;

/**
 * Cepstral mean normalisation: what is constant in the sound (microphone, room, voice) is subtracted, so that only what
 * changes remains. Sphinx's own waits 2 s before its first frame, and then changes its mean in jumps of 4 s. This one
 * starts from a typical mean, moves with each frame, and is kept from utterance to utterance. It does not look ahead: a
 * better mean would come later than words that are heard without it, and the second pass has the best one anyway.
 */
final class MeanNormalizer extends BaseDataProcessor {
    /** How many frames of speech the typical mean is worth. */
    static final int PRIOR_FRAMES = 60;

    /** From here on (2 s of speech) the mean moves too little for decoding an opening twice. */
    static final int SETTLED_FRAMES = PRIOR_FRAMES + 200;

    /** Older frames fade: the mean follows a change of speaker within about 5 s of speech. */
    static final int WINDOW_FRAMES = 500;

    /** The mean that the model's own configuration starts with; far from anyone's, but nearer than nothing. */
    private static final double[] TYPICAL_MEAN = {
        41.00, -5.29, -0.12, 5.09, 2.48, -4.07, -1.37, -1.78, -5.08, -2.05, -6.45, -1.42, 1.17
    };

    private final double[] sum = TYPICAL_MEAN.clone();
    private double weight = PRIOR_FRAMES;
    private int known;

    MeanNormalizer() {
        for (int i = 0; i < sum.length; i++) {
            sum[i] *= weight;
        }
    }

    boolean settled() {
        return weight >= SETTLED_FRAMES;
    }

    /** What is subtracted now. */
    double[] mean() {
        double[] mean = sum.clone();
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= weight;
        }
        return mean;
    }

    /** Expects frames that it has heard already: they are not learned twice. */
    void expectAgain(int frames) {
        known = frames;
    }

    @Override
    public Data getData() {
        Data data = getPredecessor().getData();
        if (data instanceof DoubleData cepstrum) {
            hear(cepstrum.getValues());
            normalize(cepstrum.getValues());
        }
        return data;
    }

    private void hear(double[] cepstrum) {
        if (known > 0) {
            known--;
        } else if (audible(cepstrum)) {
            learn(cepstrum);
        }
    }

    /** Digital silence (a noise gate, a mute key) says nothing of the sound; its first coefficient is far below 0. */
    static boolean audible(double[] cepstrum) {
        return cepstrum[0] >= 0;
    }

    private void learn(double[] cepstrum) {
        double keep = Math.min(1, WINDOW_FRAMES / (weight + 1));
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (sum[i] + cepstrum[i]) * keep;
        }
        weight = (weight + 1) * keep;
    }

    private void normalize(double[] cepstrum) {
        for (int i = 0; i < cepstrum.length; i++) {
            cepstrum[i] -= sum[i] / weight;
        }
    }
}
