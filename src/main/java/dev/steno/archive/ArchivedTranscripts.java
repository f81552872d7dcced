package dev.steno.archive;

import java.util.List;
import java.util.Optional;

/**
 * What lies in the archive, for those who read it: the other side of {@link TranscriptArchive}. Names sort by time, so
 * a page of the list costs about what it shows. Thread-safe; calls block on disk or network.
 */
public interface ArchivedTranscripts {
    /** More are never listed at once. */
    int MOST_LISTED = 1000;

    /**
     * The newest transcripts of a stretch, newest first. What is stored or deleted meanwhile may be in it or not.
     *
     * @param limit 1 to {@link #MOST_LISTED}; fewer are returned only if there are no more
     */
    List<ListedTranscript> list(ListRange range, int limit) throws ArchiveException;

    /** One transcript with its words; empty if there is none of this name. */
    Optional<ArchivedTranscript> read(TranscriptStem stem) throws ArchiveException;

    /** The same for one that was listed, which spares the look for its documents; empty if it is gone. */
    Optional<ArchivedTranscript> read(ListedTranscript listed) throws ArchiveException;

    /** The audio of a transcript; empty if there is none. */
    Optional<ArchivedAudio> audio(TranscriptStem stem) throws ArchiveException;

    /**
     * Writes documents in the place of those that are stored, the JSON first: whoever wins that, wins all.
     *
     * @param before what was read; its revision must still be the archive's
     * @param documents all renderings that are to be stored; the JSON must be one of them
     * @return the new revision
     * @throws RevisionConflictException if the transcript was written or deleted since it was read; nothing was stored
     */
    String writeBack(ArchivedTranscript before, List<TranscriptDocuments.Document> documents) throws ArchiveException;

    /**
     * Deletes everything that is stored under the stem: documents, audio, translations. The text, which holds the name,
     * goes last.
     *
     * @return false if there was nothing
     */
    boolean delete(TranscriptStem stem) throws ArchiveException;
}
