package dev.steno.archive;

/** A place that keeps finished transcripts: a folder, a bucket. Thread-safe; calls block on disk or network. */
public interface TranscriptArchive {
    /** Where transcripts go, for people: a folder's absolute path, or {@code s3://bucket/prefix}. */
    String description();

    /**
     * Stores all documents of one transcript under one stem, durably. The first document claims the stem: it never
     * replaces what another recording stored there. A stem that an earlier try of the same recording claimed (the answer
     * was lost, the process died) is recognised as its own and completed.
     *
     * @return where the first document lies
     * @throws KeyTakenException if another recording has the stem; nothing was stored
     * @throws ArchiveException if it could not be stored now; {@link ArchiveException#retryable} tells whether to try again
     */
    StoredTranscript store(TranscriptDocuments documents) throws ArchiveException;
}
