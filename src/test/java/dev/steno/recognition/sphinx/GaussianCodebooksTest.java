package dev.steno.recognition.sphinx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import edu.cmu.sphinx.frontend.FloatData;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.GaussianWeights;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.MixtureComponent;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.Pool;
import edu.cmu.sphinx.util.LogMath;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two codebooks of four Gaussians in two streams, and three senones, compared with Sphinx's own Gaussians. */
class GaussianCodebooksTest {
    private static final int CODEBOOKS = 2;
    private static final int STREAMS = 2;
    private static final int GAUSSIANS = 4;
    private static final int DIMENSIONS = 3;
    private static final int[] CODEBOOK_OF_SENONE = {0, 1, 1};
    private static final float FLOOR = 1e-4f;

    private final LogMath logMath = LogMath.getLogMath();
    private final Random random = new Random(1);
    private final Pool<float[]> means = pool();
    private final Pool<float[]> variances = pool();
    private final GaussianWeights weights =
            new GaussianWeights("weights", CODEBOOK_OF_SENONE.length, GAUSSIANS, STREAMS);

    @Test
    void scores_like_sphinx() {
        for (int senone = 0; senone < CODEBOOK_OF_SENONE.length; senone++) {
            for (int stream = 0; stream < STREAMS; stream++) {
                weights.put(senone, stream, logs(GAUSSIANS));
            }
        }
        GaussianCodebooks codebooks = new GaussianCodebooks(means, variances, weights, CODEBOOK_OF_SENONE, FLOOR);
        float[] features = values(STREAMS * DIMENSIONS);
        ScoredFrame frame = new ScoredFrame(new FloatData(features, 16_000, 0), codebooks);

        for (int senone = 0; senone < CODEBOOK_OF_SENONE.length; senone++) {
            double expected = expected(senone, features);
            float score = new StatelessSenone(senone).getScore(frame);
            assertThat(logMath.logToLn(score)).isCloseTo((float) expected, within(0.02f));
        }
    }

    /** The natural logarithm of the product over the streams of the weighted sum of Sphinx's densities. */
    private double expected(int senone, float[] features) {
        double product = 0;
        for (int stream = 0; stream < STREAMS; stream++) {
            float[] part = new float[DIMENSIONS];
            System.arraycopy(features, stream * DIMENSIONS, part, 0, DIMENSIONS);
            double sum = 0;
            for (int g = 0; g < GAUSSIANS; g++) {
                int id = (CODEBOOK_OF_SENONE[senone] * STREAMS + stream) * GAUSSIANS + g;
                float density = new MixtureComponent(means.get(id), variances.get(id)).getScore(part);
                sum += logMath.logToLinear(density + weights.get(senone, stream, g));
            }
            product += Math.log(sum);
        }
        return product;
    }

    private Pool<float[]> pool() {
        Pool<float[]> pool = new Pool<>("pool");
        for (int id = 0; id < CODEBOOKS * STREAMS * GAUSSIANS; id++) {
            pool.put(id, values(DIMENSIONS));
        }
        return pool;
    }

    private float[] logs(int count) {
        float[] logs = values(count);
        logMath.linearToLog(logs);
        return logs;
    }

    private float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 0.1f + random.nextFloat();
        }
        return values;
    }
}
