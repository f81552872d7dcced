package dev.steno.configuration;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Typed access to the configuration. Each key is named once, in the class that reads it. A value is trimmed; an empty
 * one counts as absent. Every method throws {@link InvalidSettingException} for a value that makes no sense.
 */
public final class Settings {
    /** Without a default, and without a backslash before it. */
    private static final Pattern EXPRESSION = Pattern.compile("(?<!\\\\)\\$\\{([^:${}]+)}");

    private final Function<String, Optional<String>> source;
    private final Function<String, Optional<String>> literal;

    public Settings(Function<String, Optional<String>> source) {
        this(source, source);
    }

    /**
     * @param source values with MicroProfile Config's expressions replaced
     * @param literal values as they were written
     */
    public Settings(Function<String, Optional<String>> source, Function<String, Optional<String>> literal) {
        this.source = source;
        this.literal = literal;
    }

    public Optional<String> text(String key) {
        Optional<String> value = source.apply(key).map(String::strip).filter(text -> !text.isEmpty());
        if (value.isEmpty()) {
            refuseUnknownNames(key);
        }
        return value;
    }

    /**
     * A value with the name of something that is not configured is absent by MicroProfile Config. With {@code
     * S3_BUCKET=${BUCKET}} transcripts would then go to a local folder.
     */
    private void refuseUnknownNames(String key) {
        String written = literal.apply(key).orElse("");
        EXPRESSION
                .matcher(written)
                .results()
                .map(expression -> expression.group(1))
                .filter(name -> source.apply(name).isEmpty())
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidSettingException(
                            key, written, "a value whose ${...} are configured, which " + name + " is not");
                });
    }

    public String text(String key, String absent) {
        return text(key).orElse(absent);
    }

    /**
     * A password or key, as it is written: elsewhere {@code ${...}}, {@code $$} and backslashes mean something, and
     * each server means something else.
     */
    public Optional<String> secret(String key) {
        return literal.apply(key).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** A comma-separated list of secrets, each as it is written, without empty items; empty if absent. */
    public List<String> secrets(String key) {
        return items(secret(key).orElse(""));
    }

    public int integer(String key, int absent, int least, int most) {
        return (int) number(key, absent, least, most);
    }

    /** As {@link #integer}, for what may be more than an int holds. */
    public long number(String key, long absent, long least, long most) {
        return text(key).map(value -> parseNumber(key, value, least, most)).orElse(absent);
    }

    /** Durations are written as ISO-8601, for example PT30S. */
    public Duration duration(String key, Duration absent, Duration least, Duration most) {
        return duration(key, least, most).orElse(absent);
    }

    public Optional<Duration> duration(String key, Duration least, Duration most) {
        return text(key).map(value -> parseDuration(key, value, least, most));
    }

    public Path path(String key, Path absent) {
        return text(key).map(value -> parsePath(key, value)).orElse(absent);
    }

    public boolean flag(String key, boolean absent) {
        return choice(key, Boolean.toString(absent), "true", "false").equals("true");
    }

    /** One of a few words, without regard to case. */
    public String choice(String key, String absent, String... allowed) {
        String value = text(key, absent);
        return Arrays.stream(allowed)
                .filter(value::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException(key, value, String.join(", ", allowed)));
    }

    /** A comma-separated list of words, in lower case, without repetition and without empty items. */
    public Set<String> words(String key, String absent) {
        Set<String> words = new LinkedHashSet<>();
        items(text(key, absent)).forEach(word -> words.add(word.toLowerCase(Locale.ROOT)));
        return words;
    }

    /** A comma-separated list as it is written, without empty items; empty if absent. */
    public List<String> list(String key) {
        return items(text(key, ""));
    }

    private static List<String> items(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static long parseNumber(String key, String value, long least, long most) {
        String allowed = "a whole number from " + least + " to " + most;
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new InvalidSettingException(key, value, allowed, e);
        }
        throw new InvalidSettingException(key, value, allowed);
    }

    private static Duration parseDuration(String key, String value, Duration least, Duration most) {
        String allowed = "an ISO-8601 duration from " + least + " to " + most;
        try {
            Duration duration = Duration.parse(value);
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw new InvalidSettingException(key, value, allowed, e);
        }
        throw new InvalidSettingException(key, value, allowed);
    }

    private static Path parsePath(String key, String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new InvalidSettingException(key, value, "the path of a folder", e);
        }
    }
}
