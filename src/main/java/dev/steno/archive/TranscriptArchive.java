package dev.steno.archive;

import dev.steno.transcript.SessionId;

/** A place that keeps finished transcripts: a folder, a bucket. Thread-safe; calls block on disk or network. */
public interface TranscriptArchive {
    /** Where transcripts go, for people: a folder's absolute path, or {@code s3://bucket/prefix}. */
    String description();

    /** What stands before every name in this archive, as it is configured; nothing by default. */
    default String keyPrefix() {
        return "";
    }

    /**
     * Stores all documents of one transcript under one stem, durably. The first document claims the stem: it never
     * replaces what another recording stored there. A stem that an earlier try of the same recording claimed (the
     * answer was lost, the process died) is recognised as its own and completed;
     * {@link TranscriptDocuments#triedBefore} tells that there was one.
     *
     * @return where the first document lies
     * @throws KeyTakenException if another recording has the stem; nothing was stored
     * @throws ArchiveException if it could not be stored now; {@link ArchiveException#retryable} tells whether to try
     *     again
     */
    StoredTranscript store(TranscriptDocuments documents) throws ArchiveException;

    /**
     * Stores one more document under the stem of a transcript that is stored, in the place of an older one of that
     * name.
     *
     * @throws ArchiveException if it could not be stored now
     */
    default void addBeside(StoredTranscript transcript, SessionId session, TranscriptDocuments.Document document)
            throws ArchiveException {
        throw new ArchiveException("This archive keeps no more than the transcript.", false, null);
    }
}
