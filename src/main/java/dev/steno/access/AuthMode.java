package dev.steno.access;

import java.util.Locale;

/** Who says who a caller is. */
public enum AuthMode {
    /** Nobody: everyone who can reach Steno may record. */
    NONE("everyone who can reach this server may record."),
    /** A bearer token, or the ticket that was bought with one. */
    TOKEN("who has a token of AUTH_TOKENS, or bought a ticket with one, may record."),
    /** The application server, or an authenticating proxy before it. */
    CONTAINER("whom the application server or a trusted proxy knows may record.");

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
