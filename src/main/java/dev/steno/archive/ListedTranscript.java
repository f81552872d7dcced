package dev.steno.archive;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * A transcript as a list of names shows it.
 *
 * @param version changes whenever the document that holds the words is written; means nothing else
 * @param extensions of what is stored under the stem: {@code txt}, {@code json}, {@code wav}
 */
public record ListedTranscript(TranscriptStem stem, String version, Set<String> extensions) {
    public ListedTranscript {
        extensions = Set.copyOf(extensions);
    }

    /** The same without its JSON: to read the plain text where the JSON cannot be used. */
    public ListedTranscript asText() {
        return new ListedTranscript(
                stem,
                version,
                extensions.stream()
                        .filter(extension -> !extension.equals(DocumentName.JSON))
                        .collect(Collectors.toSet()));
    }
}
