package dev.steno.recognition.sphinx;

import dev.steno.transcript.AudioFormat;
import edu.cmu.sphinx.decoder.search.ActiveListFactory;
import edu.cmu.sphinx.decoder.search.ActiveListManager;
import edu.cmu.sphinx.decoder.search.PartitionActiveListFactory;
import edu.cmu.sphinx.decoder.search.SearchManager;
import edu.cmu.sphinx.decoder.search.SimpleActiveListManager;
import edu.cmu.sphinx.decoder.search.Token;
import edu.cmu.sphinx.frontend.Data;
import edu.cmu.sphinx.frontend.DataStartSignal;
import edu.cmu.sphinx.frontend.DoubleData;
import edu.cmu.sphinx.frontend.endpoint.SpeechEndSignal;
import edu.cmu.sphinx.result.Result;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the words of one utterance after the other. The first one starts with a mean that is half a guess: good enough
 * for a first partial. Once a second of it was heard, it is decoded again from its beginning with a better mean.
 *
 * <p>Sphinx pulls frames and would wait for them; here it is only asked
 * to go on when the frames that it will pull are there, so no thread waits inside it.
 */
final class UtteranceDecoder {
    private static final int LATENCY_FRAMES = FeatureExtractor.LATENCY_FRAMES + PhoneLookAhead.FRAMES;

    /** 1 s: knows the mean well enough, and is decoded again in a third of a second. */
    private static final int OPENING_FRAMES = 100;

    private final FrameQueue frames = new FrameQueue();
    private final ActiveListManager active;
    private final FeatureExtractor features;
    private final PhoneLookAhead phones;
    private final SearchManager search;
    private final List<DoubleData> opening = new ArrayList<>();
    private boolean unsettled;
    private int put;
    private int decoded;

    UtteranceDecoder(SphinxModels models) {
        SphinxTuning tuning = models.tuning();
        ActiveListFactory states = new PartitionActiveListFactory(tuning.beam(), tuning.relativeBeam());
        ActiveListFactory words = new PartitionActiveListFactory(tuning.wordBeam(), tuning.relativeWordBeam());
        active = new SimpleActiveListManager(List.of(states, words, words, states, states, states), false);
        features = new FeatureExtractor(frames, models.codebooks());
        phones = new PhoneLookAhead(features, models.codebooks());
        search = new WordSearch(models, active, phones);
        search.allocate();
    }

    void begin() {
        unsettled = !features.mean().settled();
        start();
    }

    private void start() {
        put = 0;
        decoded = 0;
        frames.put(new DataStartSignal(AudioFormat.SAMPLE_RATE_HERTZ));
        search.startRecognition();
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
        search.stopRecognition();
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

    /** The best guess so far, last word first, or null. */
    Token guess() {
        return active.getEmittingList().getBestToken();
    }

    /** Decodes what is left. The best path through the utterance, last word first, or null. */
    Token end() {
        if (unsettled) {
            startAgain();
        }
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
