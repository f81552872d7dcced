package dev.steno.translation;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** A service that translates. Thread-safe; no method blocks. */
public interface Translator {
    /** For people: what it is and where. */
    String description();

    /** How many texts one request may hold. */
    int batch();

    /**
     * Translates texts of one language into another.
     *
     * @param texts one or more, at most {@link #batch}; none blank
     * @param source BCP 47, as the recording has it; {@code auto} if the service is to find out
     * @param target as the viewer asked for it
     * @return as many texts, in the same order. Fails with {@link TranslationException}, within a bounded time
     */
    CompletionStage<List<String>> translate(List<String> texts, String source, String target);
}
