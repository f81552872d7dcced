package dev.steno.recognition.sphinx;

import static org.assertj.core.api.Assertions.assertThat;

import edu.cmu.sphinx.frontend.FloatData;
import edu.cmu.sphinx.frontend.endpoint.SpeechEndSignal;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.GaussianWeights;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.Pool;
import org.junit.jupiter.api.Test;

/** Two phones with three states each: the sound of phone 0 is a 0, that of phone 1 a 1. */
class PhoneLookAheadTest {
    private static final int PHONES = 2;
    private static final int[] CODEBOOK_OF_SENONE = {0, 0, 0, 1, 1, 1};
    private static final int GAUSSIANS = 4;

    private final GaussianCodebooks codebooks = codebooks();
    private final FrameQueue input = new FrameQueue();
    private final PhoneLookAhead phones = new PhoneLookAhead(input, codebooks, 2);

    @Test
    void knows_which_phone_comes() {
        put(10, 1);
        phones.getData();

        assertThat(phones.fit(1)).isZero();
        assertThat(phones.fit(0)).isNegative();
    }

    @Test
    void sees_a_change_as_far_ahead_as_it_looks_and_no_farther() {
        put(1 + PhoneLookAhead.FRAMES, 0);
        put(1 + PhoneLookAhead.FRAMES, 1);

        phones.getData();
        assertThat(phones.fit(1)).isNegative();
        phones.getData();
        assertThat(phones.fit(1)).isZero();
        assertThat(phones.fit(0)).isZero();
    }

    @Test
    void gives_the_frames_of_each_utterance_and_lets_everything_follow_its_last() {
        for (int utterance = 0; utterance < 2; utterance++) {
            put(3, 1);
            input.put(new SpeechEndSignal());

            for (int i = 0; i < 3; i++) {
                assertThat(phones.getData()).isInstanceOf(ScoredFrame.class);
            }
            assertThat(phones.fit(0)).isZero();
            assertThat(phones.getData()).isInstanceOf(SpeechEndSignal.class);
            assertThat(phones.getData()).isNull();
        }
    }

    @Test
    void counts_as_much_as_it_is_told() {
        PhoneLookAhead once = new PhoneLookAhead(input, codebooks, 1);
        put(10, 1);
        once.getData();
        put(10, 1);
        phones.getData();

        assertThat(phones.fit(0)).isEqualTo(2 * once.fit(0));
    }

    private void put(int frames, float sound) {
        for (int i = 0; i < frames; i++) {
            input.put(new ScoredFrame(new FloatData(new float[] {sound}, 16_000, 0), codebooks));
        }
    }

    private static GaussianCodebooks codebooks() {
        Pool<float[]> means = new Pool<>("means");
        Pool<float[]> variances = new Pool<>("variances");
        for (int id = 0; id < PHONES * GAUSSIANS; id++) {
            int phone = id / GAUSSIANS;
            means.put(id, new float[] {phone});
            variances.put(id, new float[] {0.1f});
        }
        GaussianWeights weights = new GaussianWeights("weights", CODEBOOK_OF_SENONE.length, GAUSSIANS, 1);
        for (int senone = 0; senone < CODEBOOK_OF_SENONE.length; senone++) {
            weights.put(senone, 0, new float[GAUSSIANS]);
        }
        return new GaussianCodebooks(means, variances, weights, CODEBOOK_OF_SENONE, 1e-4f);
    }
}
