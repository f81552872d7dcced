package dev.steno.recognition;

import dev.steno.transcript.Word;
import java.util.List;

/**
 * A stretch of recognised speech. All times are seconds in the audio sent to this stream, from 0 at its first byte.
 *
 * @param text one line, never blank
 * @param words in order; empty where the engine knows none, and on partials
 */
public record RecognitionResult(String text, double start, double end, List<Word> words) {
    public RecognitionResult {
        words = List.copyOf(words);
    }
}
