package dev.steno.archive;

/** A transcript that is not stored yet. It is kept, and tried again until it is. */
public final class ArchiveDelayedException extends ArchiveException {
    private static final long serialVersionUID = 1L;

    public ArchiveDelayedException(Throwable cause) {
        super("The transcript is not stored yet. The server keeps it and goes on trying.", true, cause);
    }
}
