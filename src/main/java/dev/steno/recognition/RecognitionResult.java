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
 */
public record RecognitionResult(
        String text,
        double start,
        double end,
        List<Word> words,
        Optional<String> languageCode,
        List<PiiEntity> entities) {
    public RecognitionResult {
        words = List.copyOf(words);
        entities = List.copyOf(entities);
    }

    public RecognitionResult(String text, double start, double end, List<Word> words) {
        this(text, start, end, words, Optional.empty(), List.of());
    }
}
