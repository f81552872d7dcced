package dev.steno.archive;

/** A transcript that could not be stored. */
public class ArchiveException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    public ArchiveException(String message, boolean retryable, Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** Whether the same try may succeed later. */
    public boolean retryable() {
        return retryable;
    }
}
