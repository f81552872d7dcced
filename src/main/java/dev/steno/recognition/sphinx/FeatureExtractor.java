package dev.steno.recognition.sphinx;

import edu.cmu.sphinx.frontend.BaseDataProcessor;
import edu.cmu.sphinx.frontend.Data;
import edu.cmu.sphinx.frontend.DataProcessor;
import edu.cmu.sphinx.frontend.FloatData;
import edu.cmu.sphinx.frontend.feature.DeltasFeatureExtractor;
import edu.cmu.sphinx.frontend.filter.Preemphasizer;
import edu.cmu.sphinx.frontend.frequencywarp.MelFrequencyFilterBank;
import edu.cmu.sphinx.frontend.transform.DiscreteCosineTransform2;
import edu.cmu.sphinx.frontend.transform.DiscreteFourierTransform;
import edu.cmu.sphinx.frontend.transform.Lifter;
import edu.cmu.sphinx.frontend.window.RaisedCosineWindower;
import java.util.List;

/**
 * Turns frames of 10 ms into the features that the acoustic model was trained on. The numbers are those of the model's
 * {@code feat.params} and of Sphinx's defaults. Sphinx's noise suppression is left out: see the ADR on tuning.
 */
final class FeatureExtractor extends BaseDataProcessor {
    /** Frames that may have to be put in before the first features come out: the window (3), the differences (3). */
    static final int LATENCY_FRAMES = 6;

    private final GaussianCodebooks codebooks;
    private final KeptCepstra kept = new KeptCepstra();
    private final MeanNormalizer mean = new MeanNormalizer();

    FeatureExtractor(DataProcessor source, GaussianCodebooks codebooks) {
        this.codebooks = codebooks;
        List<DataProcessor> stages = List.of(
                new Preemphasizer(0.97),
                new RaisedCosineWindower(0.46, 25.625f, 10f),
                new DiscreteFourierTransform(-1, false),
                new MelFrequencyFilterBank(130, 6800, 25),
                new DiscreteCosineTransform2(25, 13),
                new Lifter(22),
                kept,
                mean,
                new DeltasFeatureExtractor(3),
                this);
        DataProcessor before = source;
        for (DataProcessor stage : stages) {
            stage.setPredecessor(before);
            stage.initialize();
            before = stage;
        }
    }

    KeptCepstra kept() {
        return kept;
    }

    MeanNormalizer mean() {
        return mean;
    }

    @Override
    public Data getData() {
        Data data = getPredecessor().getData();
        return data instanceof FloatData features ? new ScoredFrame(features, codebooks) : data;
    }
}
