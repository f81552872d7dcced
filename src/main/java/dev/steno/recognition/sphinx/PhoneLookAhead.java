package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.frontend.BaseDataProcessor;
import edu.cmu.sphinx.frontend.Data;
import edu.cmu.sphinx.frontend.DataProcessor;
import edu.cmu.sphinx.frontend.endpoint.SpeechEndSignal;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/**
 * Says which phones the next frames sound like, by the phones without context, which are few. A search that asks before
 * it enters a phone saves a third of its work. PocketSphinx's phone loop does the same, and Sphinx's fast match.
 */
final class PhoneLookAhead extends BaseDataProcessor implements PhoneFits {
    /** As long as a short phone (50 ms). Sphinx's default. */
    static final int FRAMES = 5;

    private final float weight;
    private final float[] fits;
    private final Queue<Data> ahead = new ArrayDeque<>();
    private boolean ended;

    PhoneLookAhead(DataProcessor features, GaussianCodebooks codebooks, float weight) {
        this.weight = weight;
        fits = new float[codebooks.codebooks()];
        setPredecessor(features);
    }

    /**
     * How well the best of the next frames fits the phone, compared with the phone that it fits best: 0 or, as a
     * logarithm, less.
     */
    @Override
    public float fit(int phone) {
        return weight * fits[phone];
    }

    /** The next frame or signal, while those after it are in sight, as far as the utterance has them. */
    @Override
    public Data getData() {
        fill();
        Data data = ahead.poll();
        ended = ended && !ahead.isEmpty();
        if (data != null) {
            fit();
        }
        return data;
    }

    private void fill() {
        Data next;
        while (!ended && ahead.size() <= FRAMES && (next = getPredecessor().getData()) != null) {
            ahead.add(next);
            ended = next instanceof SpeechEndSignal;
        }
    }

    private void fit() {
        boolean known = false;
        for (Data next : ahead) {
            if (next instanceof ScoredFrame frame) {
                take(frame.phoneFits(), !known);
                known = true;
            }
        }
        if (!known) {
            Arrays.fill(fits, 0); // the end: everything may follow
        }
    }

    private void take(float[] frame, boolean first) {
        for (int phone = 0; phone < fits.length; phone++) {
            fits[phone] = first ? frame[phone] : Math.max(fits[phone], frame[phone]);
        }
    }
}
