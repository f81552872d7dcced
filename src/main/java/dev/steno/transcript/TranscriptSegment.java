package dev.steno.transcript;

import java.util.List;
import java.util.Optional;

/**
 * A final stretch of speech, as the client sees it and the archive keeps it.
 *
 * @param number from 0, rising by one within a recording, none skipped
 * @param text one line, never blank
 * @param start seconds from the beginning of the client's audio
 * @param end seconds, not before {@code start}
 * @param words in order; empty where the engine knows none
 * @param languageCode BCP 47; present where the engine identified the language itself
 * @param entities in order; empty unless the engine was asked for them
 * @param engine that recognised it; empty in transcripts of before
 */
public record TranscriptSegment(
        int number,
        String text,
        double start,
        double end,
        List<Word> words,
        Optional<String> languageCode,
        List<PiiEntity> entities,
        Optional<String> engine) {
    public TranscriptSegment {
        words = List.copyOf(words);
        entities = List.copyOf(entities);
    }

    public TranscriptSegment(
            int number,
            String text,
            double start,
            double end,
            List<Word> words,
            Optional<String> languageCode,
            List<PiiEntity> entities) {
        this(number, text, start, end, words, languageCode, entities, Optional.empty());
    }

    public TranscriptSegment(int number, String text, double start, double end, List<Word> words) {
        this(number, text, start, end, words, Optional.empty(), List.of(), Optional.empty());
    }
}
