package dev.steno.recognition.sphinx;

import dev.steno.transcript.AudioFormat;
import edu.cmu.sphinx.frontend.FloatData;
import java.util.List;

/** Hears an utterance again when it has ended: with the mean of all of it, and only the words that the first pass heard. */
final class SecondPass {
    private final SphinxModels models;
    private final LanguageScores language;
    private final SearchWeights weights;

    SecondPass(SphinxModels models, LanguageScores language) {
        this.models = models;
        this.language = language;
        weights = models.tuning().flat().logarithms();
    }

    /** What it heard. The best path's end is {@link #last}. */
    WordExits search(WordExits first, FeatureExtractor heard) {
        SphinxTuning tuning = models.tuning();
        List<float[]> features = heard.kept().features(heard.mean().mean(), tuning.usualMeanFrames());
        WordWindows words = new WordWindows(first, tuning.minimumEnds());
        return new FlatSearch(
                        models.lexicon(),
                        models.phones(),
                        words,
                        language,
                        weights,
                        tuning.flatBeams().logarithms())
                .search(() -> features.stream().map(this::frame).iterator(), first.lastWord(0), first.wordBefore(0));
    }

    private FrameScores frame(float[] features) {
        return new ScoredFrame(new FloatData(features, AudioFormat.SAMPLE_RATE_HERTZ, 0), models.codebooks());
    }

    int last(WordExits exits) {
        return exits.last(language, weights);
    }
}
