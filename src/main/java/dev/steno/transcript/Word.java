package dev.steno.transcript;

import java.util.Optional;

/**
 * One recognised word.
 *
 * @param text as it is shown; never blank
 * @param start seconds from the beginning of the client's audio
 * @param end seconds, not before {@code start}
 * @param confidence 0 to 1, or NaN where the engine does not know
 * @param speaker who said it, a label that means the same within one recording; empty where the engine does not know
 */
public record Word(String text, double start, double end, double confidence, Optional<String> speaker) {
    public Word(String text, double start, double end, double confidence) {
        this(text, start, end, confidence, Optional.empty());
    }

    public boolean hasConfidence() {
        return !Double.isNaN(confidence);
    }

    /** The same word at another time. */
    public Word at(double newStart, double newEnd) {
        return new Word(text, newStart, newEnd, confidence, speaker);
    }
}
