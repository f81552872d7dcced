package dev.steno.archive;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a file or object of a transcript, prefix left out: {@code 20241215_143022.txt}.
 *
 * @param extension what follows the first dot: {@code txt}, {@code fr.vtt}
 */
public record DocumentName(TranscriptStem stem, String extension) {
    /** What holds the name: without it there is no transcript. */
    public static final String TEXT = "txt";

    public static final String JSON = "json";

    /** The documents that render the words as they were said; others beside them are audio and translations. */
    public static final Set<String> RENDERED = Set.of(TEXT, JSON, "vtt", "srt");

    private static final Pattern EXTENSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,60}");

    /** Empty for the name of something else. */
    public static Optional<DocumentName> parse(String name) {
        int dot = name.indexOf('.');
        if (dot < 0 || !EXTENSION.matcher(name.substring(dot + 1)).matches()) {
            return Optional.empty();
        }
        return TranscriptStem.parse(name.substring(0, dot))
                .map(stem -> new DocumentName(stem, name.substring(dot + 1)));
    }

    @Override
    public String toString() {
        return stem + "." + extension;
    }
}
