package dev.steno.recognition;

/** A stream that could not be opened. */
public final class RecognitionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient RecognitionFailure failure;

    public RecognitionException(RecognitionFailure failure) {
        super(failure.message() + " " + failure.remedy());
        this.failure = failure;
    }

    public RecognitionException(RecognitionFailure failure, Throwable cause) {
        super(failure.message() + " " + failure.remedy(), cause);
        this.failure = failure;
    }

    public RecognitionFailure failure() {
        return failure;
    }
}
