package dev.steno.recognition.sphinx;

import dev.steno.recognition.sphinx.WordPath.Mark;
import dev.steno.transcript.AudioFormat;
import edu.cmu.sphinx.frontend.Data;
import edu.cmu.sphinx.frontend.DataStartSignal;
import edu.cmu.sphinx.frontend.DoubleData;
import edu.cmu.sphinx.frontend.endpoint.SpeechEndSignal;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the words of one utterance after the other. A first pass hears the frames as they come and guesses. When the
 * utterance has ended a second pass hears it again and settles the words; see {@link SecondPass}.
 *
 * <p>The first utterance starts with a mean that is half a guess: good enough for a first partial. Once a second of it
 * was heard, the first pass begins again with a better mean.
 */
final class UtteranceDecoder {
    private static final int LATENCY_FRAMES = FeatureExtractor.LATENCY_FRAMES + PhoneLookAhead.FRAMES;

    /** 1 s: knows the mean well enough, and is decoded again in a third of a second. Sooner as well does not help. */
    private static final int OPENING_FRAMES = 100;

    private final Lexicon lexicon;
    private final FrameQueue frames = new FrameQueue();
    private final FeatureExtractor features;
    private final PhoneLookAhead phones;
    private final TreeSearch first;
    private final SecondPass second;
    private final List<DoubleData> opening = new ArrayList<>();
    private boolean unsettled;
    private int lastWord;
    private int wordBefore;
    private int put;
    private int decoded;

    /** @param working called for each frame that is heard again */
    UtteranceDecoder(SphinxModels models, Runnable working) {
        SphinxTuning tuning = models.tuning();
        LanguageScores language = new CachedLanguage(models.language());
        lexicon = models.lexicon();
        features = new FeatureExtractor(frames, models.codebooks());
        phones = new PhoneLookAhead(features, models.codebooks(), tuning.phoneWeight());
        first = new TreeSearch(models, language);
        second = new SecondPass(models, language, working);
    }

    /** @param goesOn whether the utterance goes on with the sentence of the one before */
    void begin(boolean goesOn) {
        if (!goesOn) {
            lastWord = lexicon.start();
            wordBefore = LanguageScores.NONE;
        }
        unsettled = !features.mean().settled();
        start();
    }

    private void start() {
        put = 0;
        decoded = 0;
        features.kept().clear();
        frames.put(new DataStartSignal(AudioFormat.SAMPLE_RATE_HERTZ));
        first.start(lastWord, wordBefore);
    }

    void decode(DoubleData frame) {
        if (unsettled) {
            opening.add(copy(frame));
        }
        put(frame);
        if (opening.size() == OPENING_FRAMES) {
            startAgain();
        }
    }

    /** The stages of the front end work in place. */
    private static DoubleData copy(DoubleData frame) {
        return new DoubleData(frame.getValues().clone(), frame.getSampleRate(), frame.getFirstSampleNumber());
    }

    private void put(DoubleData frame) {
        frames.put(frame);
        put++;
        if (put - decoded > LATENCY_FRAMES) {
            next();
            decoded++;
        }
    }

    private void startAgain() {
        unsettled = false;
        emptyFrontEnd();
        features.mean().expectAgain(opening.size());
        start();
        opening.forEach(this::put);
        opening.clear();
    }

    private void emptyFrontEnd() {
        frames.put(new SpeechEndSignal());
        Data left;
        do {
            left = phones.getData();
        } while (left != null && !(left instanceof SpeechEndSignal));
    }

    /** Hears the next frame, if the utterance has one more. The stages before have what they look ahead at. */
    private boolean next() {
        Data data = phones.getData();
        while (data instanceof DataStartSignal) {
            data = phones.getData();
        }
        if (data instanceof ScoredFrame frame) {
            first.hear(frame, phones);
            return true;
        }
        return false;
    }

    /** The best guess so far. */
    List<Mark> guess() {
        return WordPath.marks(first.exits(), first.guess(), lexicon);
    }

    /** Decodes what is left, and then all of it again. The best path through the utterance. */
    List<Mark> end() {
        if (unsettled) {
            startAgain();
        }
        frames.put(new SpeechEndSignal());
        boolean more = next();
        while (more) {
            more = next();
        }
        SecondPass.End end = second.search(first.exits(), features);
        lastWord = end.exits().lastWord(end.exit());
        wordBefore = end.exits().wordBefore(end.exit());
        return WordPath.marks(end.exits(), end.exit(), lexicon);
    }
}
