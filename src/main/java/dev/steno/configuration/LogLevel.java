package dev.steno.configuration;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The level of this application's log, from {@code LOG_LEVEL}. */
public final class LogLevel {
    private static final String KEY = "LOG_LEVEL";

    /** Held here, because JUL keeps loggers by weak reference and would forget the level. */
    private static final Logger STENO = Logger.getLogger("dev.steno");

    /** The usual names for those that JUL calls otherwise. */
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

    public static void apply(Settings settings) {
        STENO.setLevel(parse(settings));
    }

    static Level parse(Settings settings) {
        String value = settings.text(KEY, "INFO");
        Level level = LEVELS.get(value.toUpperCase(Locale.ROOT));
        if (level == null) {
            throw new InvalidSettingException(KEY, value, String.join(", ", LEVELS.keySet()));
        }
        return level;
    }
}
