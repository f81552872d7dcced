package dev.steno.access;

import java.util.Locale;

/** How callers are identified. */
public enum AuthMode {
    /** Not at all: everyone who can reach Steno may record. */
    NONE("everyone who can reach this server may record."),
    /** By a bearer token, or by the ticket that a browser got for one. */
    TOKEN("callers with a token of AUTH_TOKENS, and browsers that signed in with one, may record."),
    /** By the application server, or by an authenticating proxy before it. */
    CONTAINER("callers that the application server or a trusted proxy identifies may record.");

    private final String meaning;

    AuthMode(String meaning) {
        this.meaning = meaning;
    }

    /** A line for the log. */
    public String summary() {
        return "AUTH_MODE=" + configurationName() + ": " + meaning;
    }

    /** As in the configuration and in {@code /info}. */
    public String configurationName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
