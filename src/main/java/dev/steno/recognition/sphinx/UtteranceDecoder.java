package dev.steno.recognition.sphinx;

import dev.steno.transcript.AudioFormat;
import edu.cmu.sphinx.decoder.search.ActiveListFactory;
import edu.cmu.sphinx.decoder.search.ActiveListManager;
import edu.cmu.sphinx.decoder.search.PartitionActiveListFactory;
import edu.cmu.sphinx.decoder.search.SearchManager;
import edu.cmu.sphinx.decoder.search.SimpleActiveListManager;
import edu.cmu.sphinx.decoder.search.Token;
import edu.cmu.sphinx.frontend.DataStartSignal;
import edu.cmu.sphinx.frontend.DoubleData;
import edu.cmu.sphinx.frontend.endpoint.SpeechEndSignal;
import edu.cmu.sphinx.result.Result;
import java.util.List;

/**
 * Finds the words of one utterance after the other. Sphinx pulls frames and would wait for them; here it is only asked
 * to go on when the frames that it will pull are there, so no thread waits inside it.
 */
final class UtteranceDecoder {
    private static final int LATENCY_FRAMES = FeatureExtractor.LATENCY_FRAMES + PhoneLookAhead.FRAMES;

    private final FrameQueue frames = new FrameQueue();
    private final ActiveListManager active;
    private final SearchManager search;
    private int put;
    private int decoded;

    UtteranceDecoder(SphinxModels models) {
        SphinxTuning tuning = models.tuning();
        ActiveListFactory states = new PartitionActiveListFactory(tuning.beam(), tuning.relativeBeam());
        ActiveListFactory words = new PartitionActiveListFactory(tuning.wordBeam(), tuning.relativeWordBeam());
        active = new SimpleActiveListManager(List.of(states, words, words, states, states, states), false);
        FeatureExtractor features = new FeatureExtractor(frames, models.codebooks());
        search = new WordSearch(models, active, new PhoneLookAhead(features, models.codebooks()));
        search.allocate();
    }

    void begin() {
        put = 0;
        decoded = 0;
        frames.put(new DataStartSignal(AudioFormat.SAMPLE_RATE_HERTZ));
        search.startRecognition();
    }

    void decode(DoubleData frame) {
        frames.put(frame);
        put++;
        if (put - decoded > LATENCY_FRAMES) {
            next();
            decoded++;
        }
    }

    /** The best guess so far, last word first, or null. */
    Token guess() {
        return active.getEmittingList().getBestToken();
    }

    /** Decodes what is left. The best path through the utterance, last word first, or null. */
    Token end() {
        frames.put(new SpeechEndSignal());
        Token guess = guess();
        Result result = next();
        while (!result.isFinal()) {
            guess = guess();
            result = next();
        }
        search.stopRecognition();
        Token complete = result.getBestFinalToken();
        return complete == null ? guess : complete; // null if the audio stops inside a word
    }

    private Result next() {
        Result result = search.recognize(1);
        if (result == null) {
            throw new IllegalStateException("Sphinx ran out of audio after frame " + decoded + " of " + put + ".");
        }
        return result;
    }
}
