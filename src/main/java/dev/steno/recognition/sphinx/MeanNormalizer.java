package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.frontend.BaseDataProcessor;
import edu.cmu.sphinx.frontend.Data;
import edu.cmu.sphinx.frontend.DoubleData;
import edu.cmu.sphinx.frontend.endpoint.SpeechEndSignal;
import java.util.ArrayDeque;
import java.util.Queue;

/** Cepstral mean normalisation. */
final class MeanNormalizer extends BaseDataProcessor {
    static int LOOKAHEAD = Integer.getInteger("cmn.look", 30);
    static int PRIOR = Integer.getInteger("cmn.prior", 100);
    static int WINDOW = Integer.getInteger("cmn.window", 500);
    static final double[] INITIAL_MEAN = {
        41.00, -5.29, -0.12, 5.09, 2.48, -4.07, -1.37, -1.78, -5.08, -2.05, -6.45, -1.42, 1.17
    };

    private final Queue<Data> ahead = new ArrayDeque<>();
    private final double[] sum = INITIAL_MEAN.clone();
    private double weight = PRIOR;
    private boolean ended;

    MeanNormalizer() {
        for (int i = 0; i < sum.length; i++) {
            sum[i] *= weight;
        }
    }

    @Override
    public Data getData() {
        while (!ended && ahead.size() <= LOOKAHEAD) {
            Data next = getPredecessor().getData();
            if (next == null) {
                break;
            }
            learn(next);
            ahead.add(next);
            ended = next instanceof SpeechEndSignal;
        }
        Data data = ahead.poll();
        if (ahead.isEmpty()) {
            ended = false;
        }
        if (data instanceof DoubleData cepstrum) {
            normalize(cepstrum.getValues());
        }
        return data;
    }

    private void learn(Data data) {
        if (data instanceof DoubleData cepstrum && cepstrum.getValues()[0] >= 0) {
            double[] values = cepstrum.getValues();
            double keep = Math.min(1, WINDOW / (weight + 1));
            for (int i = 0; i < sum.length; i++) {
                sum[i] = (sum[i] + values[i]) * keep;
            }
            weight = (weight + 1) * keep;
        }
    }

    private void normalize(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] -= sum[i] / weight;
        }
    }
    double[] mean() { double[] m = sum.clone(); for (int i=0;i<m.length;i++) m[i]/=weight; return m; }
}
