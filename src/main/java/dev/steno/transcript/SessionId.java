package dev.steno.transcript;

import java.util.UUID;

/** Names one recording in messages, logs, file names and object metadata. Not a secret. */
public record SessionId(UUID value) {
    public static SessionId random() {
        return new SessionId(UUID.randomUUID());
    }

    /** @throws IllegalArgumentException if {@code text} is not a UUID */
    public static SessionId parse(String text) {
        return new SessionId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
