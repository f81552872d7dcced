package dev.steno.audience;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The translations that a viewer wants: one language, none, or whatever there is.
 *
 * @param one empty for none; absent for all
 */
record Languages(Optional<String> one) {
    static final Languages ALL = new Languages(Optional.empty());

    /** @param parameter of the request; null if it has none */
    static Languages of(String parameter) {
        return parameter == null ? ALL : new Languages(Optional.of(parameter));
    }

    boolean include(String language) {
        return one.isEmpty() || one.get().equals(language);
    }

    Map<String, String> of(Map<String, String> translations) {
        Map<String, String> wanted = new TreeMap<>(translations);
        wanted.keySet().removeIf(language -> !include(language));
        return wanted;
    }

    /** The same for viewers who see the same. */
    String key() {
        return one.orElse("*");
    }
}
