package dev.steno.logging;

import dev.steno.transcript.SessionId;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A record as a line of JSON: {@code time}, {@code level}, {@code logger}, {@code message}, {@code session_id} where the record
 * concerns a session, {@code fields} with what the message names as {@code name={0}}, and {@code exception} with its stack.
 */
final class JsonFormatter extends Formatter {
    /** In the message as it stands in the code, which nobody outside can change. */
    private static final Pattern FIELD = Pattern.compile("(\\w+)=\\{(\\d)}");

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,17})(\\.\\d{1,9})?");

    /** How messages about a session begin. */
    private static final Pattern SESSION =
            Pattern.compile("(?:Session|Recording) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\b");

    private final JsonGeneratorFactory generators = JsonProvider.provider().createGeneratorFactory(Map.of());

    @Override
    public String format(LogRecord record) {
        String message = formatMessage(record);
        StringWriter out = new StringWriter(256);
        try (JsonGenerator json = generators.createGenerator(out)) {
            json.writeStartObject()
                    .write("time", record.getInstant().toString())
                    .write("level", LogLevel.name(record.getLevel()))
                    .write("logger", String.valueOf(record.getLoggerName()))
                    .write("message", message);
            sessionId(record, message).ifPresent(id -> json.write("session_id", id));
            writeFields(json, record);
            if (record.getThrown() != null) {
                json.write("exception", stackOf(record.getThrown()));
            }
            json.writeEnd();
        }
        // What JSON allows as it is and a reader of lines may stumble over stands inside strings only.
        return Escapes.of(out.toString()) + "\n";
    }

    private static Optional<String> sessionId(LogRecord record, String message) {
        return parameters(record)
                .filter(SessionId.class::isInstance)
                .map(Object::toString)
                .findFirst()
                .or(() -> Optional.of(SESSION.matcher(message))
                        .filter(Matcher::lookingAt)
                        .map(found -> found.group(1)));
    }

    private static void writeFields(JsonGenerator json, LogRecord record) {
        Object[] values = parameters(record).toArray();
        json.writeStartObject("fields");
        FIELD.matcher(String.valueOf(record.getMessage()))
                .results()
                .filter(field -> index(field) < values.length)
                .forEach(field -> writeField(json, field.group(1), String.valueOf(values[index(field)])));
        json.writeEnd();
    }

    private static void writeField(JsonGenerator json, String name, String value) {
        if (NUMBER.matcher(value).matches()) {
            json.write(name, new BigDecimal(value));
        } else {
            json.write(name, value);
        }
    }

    private static int index(MatchResult field) {
        return Integer.parseInt(field.group(2));
    }

    private static Stream<Object> parameters(LogRecord record) {
        return record.getParameters() == null ? Stream.of() : Stream.of(record.getParameters());
    }

    private static String stackOf(Throwable thrown) {
        StringWriter stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        return stack.toString();
    }
}
