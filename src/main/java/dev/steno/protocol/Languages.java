package dev.steno.protocol;

import dev.steno.session.ServiceDescription;
import java.util.Locale;
import java.util.Optional;

/** Finds the language that a client means: other protocols name it as {@code en}, {@code EN-us} or {@code en_US}. */
public final class Languages {
    private Languages() {}

    /** @return the engine's own code, of several dialects the configured or else the first; empty if there is none */
    public static Optional<String> find(String wanted, ServiceDescription service) {
        String code = wanted.strip().replace('_', '-').toLowerCase(Locale.ROOT);
        Optional<String> exact = service.languages().stream()
                .filter(known -> known.toLowerCase(Locale.ROOT).equals(code))
                .findFirst();
        return exact.or(() -> isDialect(service.defaultLanguage(), code)
                ? Optional.of(service.defaultLanguage())
                : service.languages().stream()
                        .filter(known -> isDialect(known, code))
                        .sorted()
                        .findFirst());
    }

    private static boolean isDialect(String known, String code) {
        return !code.isEmpty() && known.toLowerCase(Locale.ROOT).startsWith(code + "-");
    }
}
