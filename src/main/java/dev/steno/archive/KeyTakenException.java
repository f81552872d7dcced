package dev.steno.archive;

/** Another recording holds the name; the next one is to be tried. */
public final class KeyTakenException extends ArchiveException {
    private static final long serialVersionUID = 1L;

    public KeyTakenException(String key) {
        super("The name " + key + " is taken.", false, null);
    }
}
