package dev.steno.logging;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;

/**
 * How much is logged, from {@code LOG_LEVEL}: the names of JUL, and the usual ones for those that JUL calls otherwise.
 */
final class LogLevel {
    private static final String KEY = "LOG_LEVEL";

    private static final Map<String, Level> LEVELS = new TreeMap<>(Map.of(
            "TRACE", Level.FINER,
            "DEBUG", Level.FINE,
            "WARN", Level.WARNING,
            "ERROR", Level.SEVERE));

    static {
        for (Level level : new Level[] {
            Level.ALL,
            Level.FINEST,
            Level.FINER,
            Level.FINE,
            Level.CONFIG,
            Level.INFO,
            Level.WARNING,
            Level.SEVERE,
            Level.OFF
        }) {
            LEVELS.put(level.getName(), level);
        }
    }

    private LogLevel() {}

    static Level parse(Settings settings) {
        String value = settings.text(KEY, "INFO");
        Level level = LEVELS.get(value.toUpperCase(Locale.ROOT));
        if (level == null) {
            throw new InvalidSettingException(KEY, value, String.join(", ", LEVELS.keySet()));
        }
        return level;
    }

    /** The usual name. */
    static String name(Level level) {
        if (level.equals(Level.SEVERE)) {
            return "ERROR";
        }
        return level.equals(Level.FINE) ? "DEBUG" : level.getName();
    }
}
