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

/**
 * A record as a line of JSON: {@code time}, {@code level}, {@code logger}, {@code message}, {@code session_id} where
 * the record concerns a session, {@code event} and {@code fields} where it is a {@link LogEvent}, and {@code exception}
 * with its stack.
 */
final class JsonFormatter extends Formatter {
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
            Optional<LogEvent> event = LogEvent.of(record);
            event.flatMap(LogEvent::session)
                    .or(() -> LogEvent.parameter(record, SessionId.class))
                    .ifPresent(id -> json.write("session_id", id.toString()));
            event.ifPresent(known -> json.write("event", known.name()));
            json.writeStartObject("fields");
            event.ifPresent(known -> known.fields().forEach((name, value) -> writeField(json, name, value)));
            json.writeEnd();
            event.flatMap(LogEvent::thrown)
                    .or(() -> Optional.ofNullable(record.getThrown()))
                    .ifPresent(thrown -> json.write("exception", stackOf(thrown)));
            json.writeEnd();
        }
        // What JSON allows as it is and a reader of lines may stumble over stands inside strings only.
        return Escapes.of(out.toString()) + "\n";
    }

    private static void writeField(JsonGenerator json, String name, Object value) {
        if (value instanceof Integer || value instanceof Long) {
            json.write(name, ((Number) value).longValue());
        } else if (value instanceof BigDecimal decimal) {
            json.write(name, decimal);
        } else {
            json.write(name, String.valueOf(value));
        }
    }

    private static String stackOf(Throwable thrown) {
        StringWriter stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        return stack.toString();
    }
}
