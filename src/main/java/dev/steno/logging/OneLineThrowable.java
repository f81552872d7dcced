package dev.steno.logging;

/** Shows what a throwable shows, except that its message stays in its line. */
final class OneLineThrowable extends Throwable {
    private static final long serialVersionUID = 1L;

    /** Causes of causes; longer chains are loops, or nobody reads them. */
    private static final int DEPTH = 20;

    private final String text;

    private OneLineThrowable(Throwable shown, int depth) {
        super(Escapes.of(String.valueOf(shown.getMessage())), of(shown.getCause(), depth - 1));
        text = Escapes.of(shown.toString());
        setStackTrace(shown.getStackTrace());
        for (Throwable suppressed : shown.getSuppressed()) {
            Throwable clean = of(suppressed, depth - 1);
            if (clean != null) {
                addSuppressed(clean);
            }
        }
    }

    /** @return null for null */
    static Throwable of(Throwable shown) {
        return of(shown, DEPTH);
    }

    private static Throwable of(Throwable shown, int depth) {
        return shown == null || depth == 0 ? null : new OneLineThrowable(shown, depth);
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // it begins with the name of the other class
    public String toString() {
        return text;
    }
}
