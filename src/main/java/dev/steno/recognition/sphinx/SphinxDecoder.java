package dev.steno.recognition.sphinx;

import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.sphinx.WordPath.Mark;
import dev.steno.transcript.AudioFormat;
import edu.cmu.sphinx.frontend.DoubleData;
import java.util.List;
import java.util.Optional;

/** Recognises the audio of one stream. Never waits. Used by one thread at a time; costs little beside the models. */
final class SphinxDecoder implements Endpointer.Utterances {
    /** What was recognised. */
    interface Output {
        void partial(RecognitionResult result);

        void settled(RecognitionResult result);

        /**
         * Many times a second while an utterance is heard again, which has no results before its end.
         *
         * @throws java.util.concurrent.CancellationException if nobody wants the result any more
         */
        default void working() {}
    }

    private static final int FRAME_SAMPLES = AudioFormat.SAMPLE_RATE_HERTZ / 100;

    /** Partials come at most ten times a second, and only if a word changed; the first of an utterance at once. */
    private static final int PARTIAL_FRAMES = 10;

    /**
     * After a shorter pause between two words the sentence goes on: an utterance ends after 0.5 s, a breath is longer.
     */
    private static final double GOES_ON_SECONDS = 1.5;

    private final Endpointer endpointer = new Endpointer(this);
    private final UtteranceDecoder decoder;
    private final Output output;
    private double[] frame = new double[FRAME_SAMPLES];
    private int filled;
    private long samples;
    private double utteranceStart;
    private double utteranceEnd;
    private double spokenUntil = Double.NEGATIVE_INFINITY;
    private int frames;
    private String lastPartial = "";

    SphinxDecoder(SphinxModels models, Output output) {
        decoder = new UtteranceDecoder(models, output::working);
        this.output = output;
    }

    void decode(byte[] audio, int length) {
        for (int i = 0; i < length; i += AudioFormat.BYTES_PER_SAMPLE) {
            sample((short) ((audio[i] & 0xff) | (audio[i + 1] << 8)));
        }
    }

    /** Settles what was said so far. */
    void finish() {
        while (filled > 0) {
            sample((short) 0);
        }
        endpointer.finish();
    }

    private void sample(short value) {
        frame[filled++] = value;
        samples++;
        if (filled == FRAME_SAMPLES) {
            DoubleData full = new DoubleData(frame, AudioFormat.SAMPLE_RATE_HERTZ, samples - FRAME_SAMPLES);
            frame = new double[FRAME_SAMPLES];
            filled = 0;
            endpointer.put(full);
        }
    }

    @Override
    public void begin() {
        frames = 0;
        lastPartial = "";
    }

    @Override
    public void frame(DoubleData frame) {
        double start = (double) frame.getFirstSampleNumber() / AudioFormat.SAMPLE_RATE_HERTZ;
        if (frames++ == 0) {
            decoder.begin(start - spokenUntil < GOES_ON_SECONDS);
            utteranceStart = start;
        }
        utteranceEnd = start + (double) FRAME_SAMPLES / AudioFormat.SAMPLE_RATE_HERTZ;
        decoder.decode(frame);
        if (frames % PARTIAL_FRAMES == 0 || lastPartial.isEmpty()) {
            result(decoder.guess()).ifPresent(this::partial);
        }
    }

    @Override
    public void end() {
        if (frames > 0) { // an utterance that was too long may be cut where the audio ends
            result(decoder.end()).ifPresent(this::settled);
        }
    }

    private void settled(RecognitionResult result) {
        spokenUntil = result.end();
        output.settled(result);
    }

    private void partial(RecognitionResult result) {
        if (!result.text().equals(lastPartial)) {
            lastPartial = result.text();
            output.partial(new RecognitionResult(result.text(), result.start(), result.end(), List.of()));
        }
    }

    private Optional<RecognitionResult> result(List<Mark> marks) {
        return WordPath.result(WordPath.words(marks, utteranceStart, utteranceEnd));
    }
}
