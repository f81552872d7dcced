package dev.steno.cluster;

/** The cluster's store did not answer, or refused: what was asked may or may not have happened. */
public final class StoreAwayException extends Exception {
    private static final long serialVersionUID = 1L;

    public StoreAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
