package dev.steno.recognition.sphinx;

import dev.steno.transcript.AudioFormat;
import edu.cmu.sphinx.frontend.FloatData;
import java.util.List;

/**
 * Hears an utterance again when it has ended: with the mean of all of it, and only the words that the first pass heard.
 * Takes about a twentieth of the utterance's length, so at most some 1.3 s, on the thread of the recording; many times
 * as long on a machine that is short of processor time.
 */
final class SecondPass {
    private final SphinxModels models;
    private final LanguageScores language;
    private final SearchWeights weights;
    private final Runnable working;

    /** @param working called for each frame; may throw, which ends the search */
    SecondPass(SphinxModels models, LanguageScores language, Runnable working) {
        this.models = models;
        this.language = language;
        this.working = working;
        weights = models.tuning().flat().logarithms();
    }

    /**
     * The end of the best path through an utterance.
     *
     * @param exits what was heard on the way
     * @param exit where the path's last word ends
     */
    record End(WordExits exits, int exit) {
        /** This, or the other if it came farther by more than so many frames. */
        End orFarther(End other, int frames) {
            return other.frame() > frame() + frames ? other : this;
        }

        private int frame() {
            return exits.frame(exit);
        }
    }

    /** What the second pass found; what the first did if the second, having fewer words, did not come as far. */
    End search(WordExits first, FeatureExtractor heard) {
        WordExits exits = search(first).search(frames(heard), first.lastWord(0), first.wordBefore(0));
        End second = new End(exits, exits.last(language, weights));
        End known = new End(first, first.last(language, weights));
        return second.orFarther(known, models.tuning().flatBeams().window());
    }

    private FlatSearch search(WordExits first) {
        SphinxTuning tuning = models.tuning();
        return new FlatSearch(
                models.lexicon(),
                models.phones(),
                new WordWindows(first, tuning.minimumEnds()),
                language,
                weights,
                tuning.flatBeams().logarithms());
    }

    /** Scores are made frame by frame, so that only one frame's are in memory. */
    private Iterable<FrameScores> frames(FeatureExtractor heard) {
        List<float[]> features =
                heard.kept().features(heard.mean().mean(), models.tuning().usualMeanFrames());
        return () -> features.stream().map(this::frame).iterator();
    }

    private FrameScores frame(float[] features) {
        working.run();
        return new ScoredFrame(new FloatData(features, AudioFormat.SAMPLE_RATE_HERTZ, 0), models.codebooks());
    }
}
