package dev.steno.archive;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names that this node tried of late, so that recordings which began in the same second do not ask the archive for
 * each other's: fifty of them would ask more than a thousand times. What the archive says still decides. Thread-safe.
 */
final class UsedKeys {
    /** Seconds in which recordings began; of older ones the archive is asked name by name. */
    private static final int SECONDS = 1_000;

    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    /** The first of the names from {@code from} on that this node has not tried. */
    synchronized TranscriptKey next(TranscriptKey from) {
        int number = Math.max(from.number(), numbers.getOrDefault(from.base(), 0) + 1);
        numbers.remove(from.base()); // to the end of the order
        numbers.put(from.base(), number);
        if (numbers.size() > SECONDS) {
            numbers.remove(numbers.keySet().iterator().next());
        }
        return new TranscriptKey(from.base(), number);
    }
}
