package dev.steno.archive;

/** Somebody else wrote the transcript in the meantime, or deleted it; nothing was stored. */
public final class RevisionConflictException extends ArchiveException {
    private static final long serialVersionUID = 1L;

    public RevisionConflictException(TranscriptStem stem) {
        super("The transcript " + stem + " was changed in the meantime.", false, null);
    }
}
