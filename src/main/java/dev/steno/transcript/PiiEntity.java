package dev.steno.transcript;

/**
 * Something in a segment that identifies a person: PII, personally identifiable information.
 *
 * @param category {@code PII}
 * @param type for example {@code NAME} or {@code PHONE}
 * @param text what was said; where it is redacted, what stands in its place
 * @param start seconds from the beginning of the client's audio
 * @param end seconds, not before {@code start}
 * @param confidence 0 to 1, or NaN where the engine does not know
 */
public record PiiEntity(String category, String type, String text, double start, double end, double confidence) {
    public boolean hasConfidence() {
        return !Double.isNaN(confidence);
    }

    /** The same at another time. */
    public PiiEntity at(double newStart, double newEnd) {
        return new PiiEntity(category, type, text, newStart, newEnd, confidence);
    }
}
