package dev.steno.archive;

import dev.steno.spool.WavFile;
import dev.steno.transcript.SessionId;
import java.util.List;
import java.util.Optional;

/**
 * A transcript as it will be stored.
 *
 * @param stem name without extension, prefix included: {@code 20241215_143022}
 * @param triedBefore whether an earlier try of this recording may have claimed this stem; if not, a stem that is taken
 *     is another recording's, even with the same words in it
 * @param documents in the order in which they are stored; the first, the text, claims the stem
 * @param audio stored right after the first document, so that a JSON that tells of audio never lies
 */
public record TranscriptDocuments(
        SessionId sessionId, String stem, boolean triedBefore, List<Document> documents, Optional<WavFile> audio) {
    /** What follows the stem in the name of the audio. */
    public static final String AUDIO = "wav";

    public static final String AUDIO_TYPE = "audio/wav";

    public TranscriptDocuments {
        documents = List.copyOf(documents);
    }

    /** Without audio. */
    public TranscriptDocuments(SessionId sessionId, String stem, boolean triedBefore, List<Document> documents) {
        this(sessionId, stem, triedBefore, documents, Optional.empty());
    }

    /**
     * One rendering.
     *
     * @param extension without a dot: {@code txt}
     * @param contentType with its charset: {@code text/plain; charset=utf-8}
     */
    public record Document(String extension, String contentType, String content) {}
}
