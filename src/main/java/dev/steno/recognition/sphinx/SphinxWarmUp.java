package dev.steno.recognition.sphinx;

import dev.steno.recognition.RecognitionResult;
import dev.steno.transcript.AudioFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Recognises speech that comes with Steno, so that the compiler has seen the decoder before the first person speaks. In
 * a fresh process the first words would otherwise be shown seconds late.
 */
final class SphinxWarmUp {
    /** Five seconds of speech, 16 kHz; src/test/resources/audio/README.md says how it was made. */
    private static final String SPEECH = "warm-up.pcm";

    /** Each lexical path is seen by the compiler twice; each round takes a second or two of processor time. */
    private static final int ROUNDS = 2;

    /** On a machine that is too busy for more, being ready counts more than being warm. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int CHUNK_BYTES = AudioFormat.BYTES_PER_SECOND / 10;

    private SphinxWarmUp() {}

    /** Takes about as long as the speech in it; blocks until it is done. */
    static void run(SphinxModels models) {
        long start = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            SphinxDecoder decoder = new SphinxDecoder(models, new Nobody());
            ByteBuffer speech = ByteBuffer.wrap(speech());
            byte[] chunk = new byte[CHUNK_BYTES];
            while (speech.hasRemaining() && System.nanoTime() - start < LONGEST.toNanos()) {
                int length = Math.min(chunk.length, speech.remaining());
                speech.get(chunk, 0, length);
                decoder.decode(chunk, length);
            }
            decoder.finish();
        }
    }

    static byte[] speech() {
        try (InputStream file = SphinxWarmUp.class.getResourceAsStream(SPEECH)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Nobody implements SphinxDecoder.Output {
        @Override
        public void partial(RecognitionResult result) {}

        @Override
        public void settled(RecognitionResult result) {}
    }
}
