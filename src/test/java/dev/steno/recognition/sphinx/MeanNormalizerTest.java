package dev.steno.recognition.sphinx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import edu.cmu.sphinx.frontend.Data;
import edu.cmu.sphinx.frontend.DoubleData;
import edu.cmu.sphinx.frontend.endpoint.SpeechEndSignal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MeanNormalizerTest {
    private final FrameQueue input = new FrameQueue();
    private final MeanNormalizer normalizer = new MeanNormalizer();
    private final Random random = new Random(1);

    @BeforeEach
    void connect() {
        normalizer.setPredecessor(input);
    }

    @Test
    void removes_what_is_constant() {
        double last = Double.NaN;
        for (int utterance = 0; utterance < 10; utterance++) {
            last = meanOfUtterance(300, 25);
        }
        assertThat(last).isCloseTo(0, within(0.5));
    }

    @Test
    void follows_a_change_of_speaker() {
        meanOfUtterance(1000, 25);
        double first = meanOfUtterance(500, 10);
        double second = meanOfUtterance(500, 10);

        assertThat(Math.abs(second)).isLessThan(Math.abs(first)).isLessThan(5);
    }

    @Test
    void learns_nothing_from_frames_that_it_hears_again() {
        meanOfUtterance(100, 25);
        double before = meanOfUtterance(1, 5);
        normalizer.expectAgain(400);
        meanOfUtterance(400, 5);

        assertThat(meanOfUtterance(1, 5)).isCloseTo(before, within(3.0));
    }

    @Test
    void learns_nothing_from_digital_silence() {
        meanOfUtterance(300, 25);
        double before = meanOfUtterance(1, 25);
        meanOfUtterance(400, -46);

        assertThat(meanOfUtterance(1, 25)).isCloseTo(before, within(4.0));
    }

    @Test
    void settles_after_two_seconds_of_speech() {
        meanOfUtterance(199, 25);
        assertThat(normalizer.settled()).isFalse();
        meanOfUtterance(1, 25);
        assertThat(normalizer.settled()).isTrue();
    }

    @Test
    void gives_every_frame_once_and_the_end_last() {
        for (int length : new int[] {0, 1, 200}) {
            assertThat(Double.isNaN(meanOfUtterance(length, 20))).isEqualTo(length == 0);
        }
    }

    /** The mean of the first coefficient after normalisation. */
    private double meanOfUtterance(int frames, double constant) {
        for (int i = 0; i < frames; i++) {
            double[] cepstrum = new double[13];
            Arrays.setAll(cepstrum, k -> constant + random.nextGaussian());
            input.put(new DoubleData(cepstrum));
        }
        input.put(new SpeechEndSignal());
        double sum = 0;
        int seen = 0;
        Data data = normalizer.getData();
        while (data instanceof DoubleData cepstrum) {
            sum += cepstrum.getValues()[0];
            seen++;
            data = normalizer.getData();
        }
        assertThat(data).isInstanceOf(SpeechEndSignal.class);
        assertThat(seen).isEqualTo(frames);
        assertThat(input.getData()).isNull();
        return sum / seen;
    }
}
