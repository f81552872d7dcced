package dev.steno.recognition.sphinx;

import dev.steno.transcript.AudioFormat;
import edu.cmu.sphinx.decoder.pruner.SimplePruner;
import edu.cmu.sphinx.decoder.scorer.SimpleAcousticScorer;
import edu.cmu.sphinx.decoder.search.ActiveListFactory;
import edu.cmu.sphinx.decoder.search.PartitionActiveListFactory;
import edu.cmu.sphinx.decoder.search.SimpleActiveListManager;
import edu.cmu.sphinx.decoder.search.Token;
import edu.cmu.sphinx.decoder.search.WordPruningBreadthFirstSearchManager;
import edu.cmu.sphinx.frontend.AutoCepstrum;
import edu.cmu.sphinx.frontend.BaseDataProcessor;
import edu.cmu.sphinx.frontend.Data;
import edu.cmu.sphinx.frontend.DataProcessor;
import edu.cmu.sphinx.frontend.DataStartSignal;
import edu.cmu.sphinx.frontend.DoubleData;
import edu.cmu.sphinx.frontend.FloatData;
import edu.cmu.sphinx.frontend.endpoint.SpeechEndSignal;
import edu.cmu.sphinx.frontend.feature.DeltasFeatureExtractor;
import edu.cmu.sphinx.frontend.filter.Preemphasizer;
import edu.cmu.sphinx.frontend.transform.DiscreteFourierTransform;
import edu.cmu.sphinx.frontend.window.RaisedCosineWindower;
import edu.cmu.sphinx.result.Result;
import java.io.IOException;
import java.util.List;

final class UtteranceDecoder {
    private final int LOOKAHEAD = MeanNormalizer.LOOKAHEAD + 10;

    private final FrameQueue frames = new FrameQueue();
    private final SimpleActiveListManager active;
    private final WordPruningBreadthFirstSearchManager search;
    private long start;
    private int accepted;
    private int decoded;
    final MeanNormalizer cmn = new MeanNormalizer();

    UtteranceDecoder(SphinxModels models) throws IOException {
        SphinxTuning tuning = models.tuning();
        ActiveListFactory states = new PartitionActiveListFactory(tuning.beam(), tuning.relativeBeam());
        ActiveListFactory words = new PartitionActiveListFactory(tuning.wordBeam(), tuning.relativeWordBeam());
        active = new SimpleActiveListManager(List.of(states, words, words, states, states, states), false);
        search = new WordPruningBreadthFirstSearchManager(
                new SharedLinguist(models.linguist()), new SimplePruner(), new SimpleAcousticScorer(frontEnd(models), null),
                active, false, tuning.relativeBeam(), 0, false, false, 100, tuning.acousticLookahead(), false) {
                    @Override protected void createBestTokenMap() {
                        int k = Integer.getInteger("map", 0);
                        if (k == 0) super.createBestTokenMap(); else bestTokenMap = new java.util.HashMap<>(activeList.size() * k + 16, 0.6f);
                    }
                };
        search.allocate();
    }

    private BaseDataProcessor frontEnd(SphinxModels models) throws IOException {
        GaussianCodebooks codebooks = models.acoustic().codebooks();
        BaseDataProcessor last = new BaseDataProcessor() {
            @Override
            public Data getData() {
                Data data = getPredecessor().getData();
                return data instanceof FloatData features ? new ScoredFrame(features, codebooks) : data;
            }
        };
        java.util.List<DataProcessor> chain = new java.util.ArrayList<>(List.of(
                frames,
                new Preemphasizer(0.97),
                new RaisedCosineWindower(0.46, 25.625f, 10f),
                new DiscreteFourierTransform(-1, false)));
        if (Boolean.getBoolean("nodn")) chain.addAll(List.of(new edu.cmu.sphinx.frontend.frequencywarp.MelFrequencyFilterBank(130,6800,25), new edu.cmu.sphinx.frontend.transform.DiscreteCosineTransform2(25,13), new edu.cmu.sphinx.frontend.transform.Lifter(22)));
        else chain.add(
                new AutoCepstrum(models.acoustic()));
        chain.addAll(List.of(
                cmn,
                new DeltasFeatureExtractor(3),
                last));
        for (int i = 1; i < chain.size(); i++) {
            chain.get(i).setPredecessor(chain.get(i - 1));
        }
        for (DataProcessor p : chain) p.initialize();
        return last;
    }

    void begin(long firstSample) {
        start = firstSample;
        accepted = 0;
        decoded = 0;
        frames.put(new DataStartSignal(AudioFormat.SAMPLE_RATE_HERTZ));
        search.startRecognition();
    }

    void accept(DoubleData frame) {
        frames.put(frame);
        accepted++;
        if (decoded + LOOKAHEAD < accepted) {
            decoded++;
            Result r = search.recognize(1);
            if (r == null || r.isFinal()) throw new IllegalStateException("starved " + decoded + " " + accepted);
        }
    }

    Token partial() { return active.getEmittingList().getBestToken(); }

    Token end() {
        frames.put(new SpeechEndSignal());
        Result result;
        Token bestActive = null;
        do {
            bestActive = active.getEmittingList().getBestToken();
            result = search.recognize(1);
        } while (result != null && !result.isFinal());
        search.stopRecognition();
        Token t = result == null ? null : result.getBestFinalToken();
        return t != null ? t : bestActive;
    }
}
