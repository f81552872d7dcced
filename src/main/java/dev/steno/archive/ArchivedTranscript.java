package dev.steno.archive;

import dev.steno.transcript.SessionId;
import java.util.Optional;
import java.util.Set;

/**
 * A transcript as it lies in the archive.
 *
 * @param listed its name, as a list would show it
 * @param revision of the words: the same as long as nobody writes them again
 * @param session the recording's, where the archive knows it without reading the documents
 * @param isJson whether {@code content} is the JSON document; else it is the plain text, and there is no JSON
 */
public record ArchivedTranscript(
        ListedTranscript listed, String revision, Optional<SessionId> session, boolean isJson, String content) {
    public TranscriptStem stem() {
        return listed.stem();
    }

    /** What is stored of the renderings; audio and translations are left out. */
    public Set<String> rendered() {
        return listed.extensions().stream()
                .filter(DocumentName.RENDERED::contains)
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }
}
