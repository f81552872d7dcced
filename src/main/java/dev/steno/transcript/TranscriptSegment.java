package dev.steno.transcript;

import java.util.List;

/**
 * A final stretch of speech, as the client sees it and the archive keeps it.
 *
 * @param number from 0, rising by one within a recording, none skipped
 * @param text one line, never blank
 * @param start seconds from the beginning of the client's audio
 * @param end seconds, not before {@code start}
 * @param words in order; empty where the engine knows none
 */
public record TranscriptSegment(int number, String text, double start, double end, List<Word> words) {
    public TranscriptSegment {
        words = List.copyOf(words);
    }
}
