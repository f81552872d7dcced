package dev.steno.testing.engine;

import dev.steno.testing.transcribe.AudioDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The "recognition" of a stand-in, of one stream. */
public interface Hearing {
    /** A word and its times, in seconds of the stream. */
    record Word(String text, double start, double end) {}

    /** A result. Its text is its words. */
    record Heard(boolean partial, List<Word> words, double start, double end) {
        String text() {
            return String.join(" ", words.stream().map(Word::text).toList());
        }
    }

    /** Makes one for each stream. */
    interface Maker {
        /** @param rate of the PCM that will come */
        Hearing make(int rate, Consumer<Heard> listener);
    }

    void hear(byte[] pcm);

    /** The utterance ends here; more may follow. */
    void end();

    /** Hashes of the audio, as Amazon's stand-in makes them: shows every byte that is lost or comes twice. */
    static Hearing hashes(int rate, Consumer<Heard> listener) {
        if (rate != 16_000) {
            throw new IllegalArgumentException("Hashes are of audio that was not converted.");
        }
        AudioDigest digest = new AudioDigest(line -> listener.accept(
                new Heard(line.partial(), spread(line.text(), line.start(), line.end()), line.start(), line.end())));
        return new Hearing() {
            @Override
            public void hear(byte[] pcm) {
                digest.add(pcm, 0, pcm.length);
            }

            @Override
            public void end() {
                digest.finish();
            }
        };
    }

    private static List<Word> spread(String text, double start, double end) {
        String[] texts = text.split(" ", -1);
        List<Word> words = new ArrayList<>();
        double length = (end - start) / texts.length;
        for (int i = 0; i < texts.length; i++) {
            boolean last = i == texts.length - 1;
            words.add(new Word(texts[i], start + i * length, last ? end : start + (i + 1) * length));
        }
        return words;
    }
}
