package dev.steno.session;

import java.util.Optional;

/**
 * What a client asks for a recording; absent means the configured default.
 *
 * @param languageCode BCP 47, for example {@code en-US}
 */
public record StartOptions(Optional<String> languageCode) {
    public static final StartOptions DEFAULTS = new StartOptions(Optional.empty());
}
