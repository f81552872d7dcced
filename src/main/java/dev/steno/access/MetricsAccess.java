package dev.steno.access;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/**
 * Who may read the metrics and the data of health checks, from {@code METRICS_ACCESS}. They name no person, but tell
 * how busy a node is, what goes wrong there and where it keeps files. By default only programs on this machine may; a
 * trusted proxy does not count as this machine, because anybody may be behind it.
 */
@ApplicationScoped
public class MetricsAccess {
    private static final String KEY = "METRICS_ACCESS";

    /** Who is let in. */
    private enum Readers {
        /** Programs on this machine that come through no proxy. */
        LOCAL("only programs on this machine may read /prometheus and the data of /healthz."),
        /** Callers that may record. */
        AUTHENTICATED("callers that may record may read /prometheus and the data of /healthz."),
        /** Everybody: for servers that only the monitoring system can reach, or a proxy that keeps others out. */
        OPEN("everyone who can reach this server may read /prometheus and the data of health checks.");

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

    public boolean allows(HttpServletRequest request) {
        return switch (readers) {
            case LOCAL -> access.isFromThisMachine(request);
            case AUTHENTICATED -> access.identity(request).isPresent();
            case OPEN -> true;
        };
    }

    /** Whether a request need not be looked at, because everybody may. */
    public boolean isOpen() {
        return readers == Readers.OPEN;
    }

    /** Whether a caller that is refused may sign in and ask again. */
    public boolean asksWhoCalls() {
        return readers == Readers.AUTHENTICATED;
    }
}
