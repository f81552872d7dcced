package dev.steno.session.recording;

import dev.steno.archive.OriginOptions;
import dev.steno.recognition.RefusedOptionsException;
import dev.steno.session.Sharing;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of {@code start} that are Steno's own: no engine hears of them. */
public final class RecordingOptions {
    static final String TITLE = "title";

    /** A line of a list: longer ones are cut by every screen. */
    private static final int LONGEST_TITLE = 200;

    private static final Set<String> OWN = Set.of(TITLE);

    private static final Set<String> OF_FILES = Set.of(OriginOptions.STORE, OriginOptions.NUMBER);

    private RecordingOptions() {}

    /**
     * What is left for the engine.
     *
     * @param live whether audio comes as it is spoken
     * @throws RefusedOptionsException if one of Steno's own makes no sense
     */
    public static Map<String, String> forEngine(Map<String, String> options, boolean live)
            throws RefusedOptionsException {
        if (options.getOrDefault(TITLE, "").length() > LONGEST_TITLE) {
            throw new RefusedOptionsException(
                    RefusedOptionsException.Reason.BAD_OPTION,
                    TITLE,
                    "must be at most " + LONGEST_TITLE + " characters long");
        }
        Map<String, String> rest = new HashMap<>(options);
        rest.keySet().removeAll(OWN);
        rest.keySet().removeAll(Sharing.OPTIONS);
        if (!live) {
            rest.keySet().removeAll(OF_FILES);
        }
        return rest;
    }

    /** The title as one line; empty if there is none, or nothing in it can be seen. */
    static Optional<String> title(Map<String, String> options) {
        return Optional.ofNullable(options.get(TITLE))
                .map(title -> title.replaceAll("[\\p{Cntrl}\\s]+", " ").strip())
                .filter(title -> !title.isEmpty());
    }
}
