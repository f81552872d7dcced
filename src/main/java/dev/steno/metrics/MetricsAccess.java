package dev.steno.metrics;

import dev.steno.access.AccessControl;
import dev.steno.access.AuthMode;
import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/**
 * Who may read the numbers, from {@code METRICS_ACCESS}. They name nobody, but tell how busy a node is and what goes wrong there:
 * nobody but this machine sees them unless the operator says so. Trusted proxies do not count as this machine: they speak for
 * everybody.
 */
@ApplicationScoped
public class MetricsAccess {
    private static final String KEY = "METRICS_ACCESS";

    /** Who is let in. */
    private enum Readers {
        /** What runs on this machine and comes through no proxy. */
        LOCAL("only programs on this machine may read /prometheus."),
        /** Who may record, too. */
        AUTHENTICATED("who may record may read /prometheus."),
        /** Everybody: for servers that only the monitoring system can reach, or a proxy that keeps others out. */
        OPEN("everyone who can reach this server may read /prometheus.");

        private final String meaning;

        Readers(String meaning) {
            this.meaning = meaning;
        }
    }

    private final AccessControl access;
    private final Readers readers;

    /** For the container's proxy only. */
    protected MetricsAccess() {
        access = null;
        readers = null;
    }

    @Inject
    public MetricsAccess(Settings settings, AccessControl access) {
        this.access = access;
        String word = settings.choice(KEY, "local", "local", "authenticated", "open");
        readers = Readers.valueOf(word.toUpperCase(Locale.ROOT));
        if (readers == Readers.AUTHENTICATED && access.mode() == AuthMode.NONE) {
            throw new InvalidSettingException(
                    KEY, word, "local or open, as long as AUTH_MODE=none asks nobody who it is");
        }
    }

    /** A line for the log. */
    public String summary() {
        return "METRICS_ACCESS=" + readers.name().toLowerCase(Locale.ROOT) + ": " + readers.meaning;
    }

    boolean allows(HttpServletRequest request) {
        return switch (readers) {
            case LOCAL -> access.isFromThisMachine(request);
            case AUTHENTICATED -> access.identity(request).isPresent();
            case OPEN -> true;
        };
    }

    /** Whether a caller that is refused can do something about it. */
    boolean asksWhoCalls() {
        return readers == Readers.AUTHENTICATED;
    }
}
