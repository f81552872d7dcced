package dev.steno.recognition;

import dev.steno.transcript.PiiEntity;
import dev.steno.transcript.Word;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of recognised speech. All times are seconds in the audio sent to this stream, from 0 at its first byte.
 *
 * @param text one line, never blank
 * @param words in order; empty where the engine knows none, and on partials. Speakers are labels within this stream
 * @param languageCode BCP 47; present where the engine identified the language itself
 * @param entities in order; empty unless asked for, and on partials
 * @param stableCharacters so many characters at the beginning of a partial's text will not change any more, also in the
 *     final; 0 where the engine does not say
 */
public record RecognitionResult(
        String text,
        double start,
        double end,
        List<Word> words,
        Optional<String> languageCode,
        List<PiiEntity> entities,
        int stableCharacters) {
    public RecognitionResult {
        words = List.copyOf(words);
        entities = List.copyOf(entities);
    }

    public RecognitionResult(
            String text,
            double start,
            double end,
            List<Word> words,
            Optional<String> languageCode,
            List<PiiEntity> entities) {
        this(text, start, end, words, languageCode, entities, 0);
    }

    /** A partial of which a beginning will not change any more. */
    public static RecognitionResult partial(String text, double start, double end, int stableCharacters) {
        return new RecognitionResult(text, start, end, List.of(), Optional.empty(), List.of(), stableCharacters);
    }

    public RecognitionResult(String text, double start, double end, List<Word> words) {
        this(text, start, end, words, Optional.empty(), List.of());
    }
}
