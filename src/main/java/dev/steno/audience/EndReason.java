package dev.steno.audience;

import java.util.Locale;

/** Why there is nothing more to read. */
enum EndReason {
    /** The recording is over. */
    SAVED,
    /** The recorder took the link back. */
    UNSHARED,
    /** The link, or a recording without words, is over. */
    EXPIRED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
