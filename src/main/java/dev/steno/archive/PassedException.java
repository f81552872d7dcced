package dev.steno.archive;

import java.io.IOException;

/** The recording belongs to another node now: nothing of it may be written here any more. */
public final class PassedException extends IOException {
    private static final long serialVersionUID = 1L;

    public PassedException() {
        super("The recording goes on at another node.");
    }
}
