package dev.steno.logging;

import dev.steno.transcript.SessionId;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something that happened, for log lines that machines read as well: a name that never changes, a sentence for people,
 * and fields. The text log shows sentence and fields as {@code sentence; name=value name=value}, the JSON log as
 * members of their own.
 */
public final class LogEvent {
    /** What this thread logs just now. */
    private static final ThreadLocal<LogEvent> LOGGED = new ThreadLocal<>();

    private final String name;
    private final String sentence;
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private SessionId session;
    private Throwable thrown;

    private LogEvent(String name, String sentence) {
        this.name = name;
        this.sentence = sentence;
    }

    /**
     * @param name lower case with underscores, for example recording_ended
     * @param sentence in full, identifiers included
     */
    public static LogEvent of(String name, String sentence) {
        return new LogEvent(name, sentence);
    }

    /** The session that it concerns. */
    public LogEvent session(SessionId id) {
        session = id;
        return this;
    }

    /** @param value a number stays one in JSON; everything else is text */
    public LogEvent with(String field, Object value) {
        fields.put(field, value);
        return this;
    }

    public LogEvent thrown(Throwable fault) {
        thrown = fault;
        return this;
    }

    public void log(System.Logger logger, Level level) {
        LOGGED.set(this);
        try {
            logger.log(level, "{0}", this);
        } finally {
            LOGGED.remove();
        }
    }

    /**
     * What a record tells of, asked by a handler on the thread that logs. GlassFish may take the parameters away before
     * any handler sees the record, and leave the finished sentence ({@code releaseParametersEarly} of its log manager).
     */
    static Optional<LogEvent> of(LogRecord record) {
        return record.getParameters() == null
                ? Optional.ofNullable(LOGGED.get())
                        .filter(event -> event.toString().equals(record.getMessage()))
                : parameter(record, LogEvent.class);
    }

    /** The first parameter of a record that is of a class. */
    static <T> Optional<T> parameter(LogRecord record, Class<T> type) {
        return Stream.ofNullable(record.getParameters())
                .flatMap(Stream::of)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    String name() {
        return name;
    }

    Optional<SessionId> session() {
        return Optional.ofNullable(session);
    }

    Optional<Throwable> thrown() {
        return Optional.ofNullable(thrown);
    }

    Map<String, Object> fields() {
        return fields;
    }

    @Override
    public String toString() {
        return fields.isEmpty()
                ? sentence
                : sentence
                        + fields.entrySet().stream()
                                .map(field -> field.getKey() + "=" + field.getValue())
                                .collect(Collectors.joining(" ", "; ", ""));
    }
}
