package dev.steno.recognition.sphinx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import edu.cmu.sphinx.frontend.Data;
import edu.cmu.sphinx.frontend.DataStartSignal;
import edu.cmu.sphinx.frontend.DoubleData;
import edu.cmu.sphinx.frontend.FloatData;
import edu.cmu.sphinx.frontend.endpoint.SpeechEndSignal;
import edu.cmu.sphinx.frontend.feature.DeltasFeatureExtractor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeptCepstraTest {
    private static final int SIZE = 13;

    private final FrameQueue input = new FrameQueue();
    private final KeptCepstra kept = new KeptCepstra();

    KeptCepstraTest() {
        kept.setPredecessor(input);
    }

    @Test
    void makes_the_features_that_sphinx_makes() {
        DeltasFeatureExtractor sphinx = new DeltasFeatureExtractor(3);
        sphinx.setPredecessor(kept);
        sphinx.initialize();
        Random random = new Random(1);
        input.put(new DataStartSignal(16_000));
        for (int frame = 0; frame < 10; frame++) {
            put(random.doubles(SIZE).toArray());
        }
        input.put(new SpeechEndSignal());
        List<float[]> expected = new ArrayList<>();
        for (Data data = sphinx.getData(); data != null; data = sphinx.getData()) {
            if (data instanceof FloatData frame) {
                expected.add(frame.getValues());
            }
        }

        List<float[]> features = kept.features(new double[SIZE], 1e9); // a mean of 0, whatever was heard

        assertThat(features).hasSize(10);
        for (int frame = 0; frame < 10; frame++) {
            for (int i = 0; i < 3 * SIZE; i++) {
                assertThat((double) features.get(frame)[i]).isCloseTo(expected.get(frame)[i], within(1e-5));
            }
        }
    }

    @Test
    void subtracts_the_mean_of_what_can_be_heard() {
        for (double value : new double[] {4, 8, -500}) {
            double[] cepstrum = new double[SIZE];
            cepstrum[0] = value;
            put(cepstrum);
        }
        pull();

        assertThat(kept.features(new double[SIZE], 0))
                .extracting(frame -> frame[0])
                .containsExactly(-2f, 2f, -506f);
    }

    @Test
    void leans_on_the_usual_mean_while_it_heard_little() {
        double[] usual = new double[SIZE];
        usual[0] = 10;
        put(new double[SIZE]);
        pull();

        assertThat(kept.features(usual, 4)).extracting(frame -> frame[0]).containsExactly(-8f);
    }

    @Test
    void forgets() {
        put(new double[SIZE]);
        pull();
        kept.clear();

        assertThat(kept.features(new double[SIZE], 1)).isEmpty();
    }

    private void put(double[] cepstrum) {
        input.put(new DoubleData(cepstrum, 16_000, 0));
    }

    private void pull() {
        Data data = kept.getData();
        while (data != null) {
            data = kept.getData();
        }
    }
}
