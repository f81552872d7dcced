package dev.steno.archive;

import dev.steno.transcript.SessionId;
import java.util.List;

/**
 * A transcript as it will be stored.
 *
 * @param stem name without extension, prefix included: {@code 20241215_143022}
 * @param triedBefore whether an earlier try of this recording may have claimed this stem; if not, a stem that is taken is
 *     another recording's, even with the same words in it
 * @param documents in the order in which they are stored; the first, the text, claims the stem
 */
public record TranscriptDocuments(SessionId sessionId, String stem, boolean triedBefore, List<Document> documents) {
    public TranscriptDocuments {
        documents = List.copyOf(documents);
    }

    /**
     * One rendering.
     *
     * @param extension without a dot: {@code txt}
     * @param contentType with its charset: {@code text/plain; charset=utf-8}
     */
    public record Document(String extension, String contentType, String content) {}
}
