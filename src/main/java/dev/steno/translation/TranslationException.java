package dev.steno.translation;

/** A translation did not come about. */
public final class TranslationException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What helps. */
    public enum Kind {
        /** Another try, after a while: an outage, a limit on requests. */
        PASSING,
        /** Somebody has to repair something: a wrong key, a missing permission. Another try, after a long while. */
        LASTING,
        /** Nothing: this text, or this pair of languages, cannot be translated. */
        REFUSED
    }

    private final Kind kind;

    /** @param message what happened and what to do */
    public TranslationException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
