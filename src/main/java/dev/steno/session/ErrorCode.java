package dev.steno.session;

import java.util.Locale;

/** What can go wrong for a client, as {@code error.code} in the protocol. */
public enum ErrorCode {
    BAD_MESSAGE,
    BAD_AUDIO,
    TOO_LARGE,
    BAD_OPTION,
    UNSUPPORTED_LANGUAGE,
    BUSY,
    RECOGNIZER_UNAVAILABLE,
    RECOGNIZER_FAILED,
    ARCHIVE_DELAYED,
    STORAGE_FAILED,
    NO_SPEECH,
    SESSION_EXPIRED,
    TOO_FAST;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name on the wire: {@code bad_message}. */
    public String wireName() {
        return wireName;
    }
}
