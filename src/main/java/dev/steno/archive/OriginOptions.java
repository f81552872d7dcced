package dev.steno.archive;

import dev.steno.spool.AudioSpools;
import java.util.Map;
import java.util.Optional;

/** The options of a recording that the archive goes by. They are in its journal, so they hold after a crash as well. */
public final class OriginOptions {
    /** {@code false} for words that must not be archived. */
    public static final String STORE = "store";

    /** The number in the transcript's stem, if somebody was told of it before there was a transcript. */
    public static final String NUMBER = "number";

    private OriginOptions() {}

    public static boolean stored(Map<String, String> options) {
        return !"false".equals(options.get(STORE));
    }

    /**
     * Whether audio may be kept: it must not say what is redacted in the text, nor outlive words that are not archived.
     */
    static boolean audio(Map<String, String> options) {
        return stored(options) && !AudioSpools.redacted(options);
    }

    static Optional<Integer> number(Map<String, String> options) {
        return Optional.ofNullable(options.get(NUMBER)).map(Integer::valueOf);
    }
}
