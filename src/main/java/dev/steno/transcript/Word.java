package dev.steno.transcript;

/**
 * One recognised word.
 *
 * @param text as it is shown; never blank
 * @param start seconds from the beginning of the client's audio
 * @param end seconds, not before {@code start}
 * @param confidence 0 to 1, or NaN where the engine does not know
 */
public record Word(String text, double start, double end, double confidence) {
    public boolean hasConfidence() {
        return !Double.isNaN(confidence);
    }
}
