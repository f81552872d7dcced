package dev.steno.protocol;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * One JSON object that a client sent. Numbers and booleans are kept as they were written, so that no number can be
 * too large; a client that writes a number as a string, or a string as a number, is understood alike.
 */
public final class JsonMessage {
    /** Deeper than any message of any protocol; no input can make the parser go further. */
    private static final int DEPTH = 8;

    /** Values in one message: a hundred phrases, and some. */
    private static final int VALUES = 1_000;

    private static final JsonProvider JSON = JsonProvider.provider();

    private final Map<String, Object> fields;

    private JsonMessage(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** @return empty if the text is not one JSON object, or nests or holds more than any message does */
    public static Optional<JsonMessage> parse(String text) {
        try (JsonParser parser = JSON.createParser(new StringReader(text))) {
            if (!parser.hasNext() || parser.next() != Event.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, Object> fields = new Reader(parser).object(1);
            return parser.hasNext() ? Optional.empty() : Optional.of(new JsonMessage(fields));
        } catch (JsonException | NoSuchElementException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** A string, number or boolean; empty if it is absent, null or anything else. */
    public Optional<String> text(String name) {
        return fields.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** An object within. */
    public Optional<JsonMessage> object(String name) {
        return fields.get(name) instanceof JsonMessage object ? Optional.of(object) : Optional.empty();
    }

    /** The strings of a list; empty if it is absent or no list. */
    public List<String> list(String name) {
        return fields.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    /** {@code true}, or a number other than 0. */
    public boolean flag(String name) {
        return text(name)
                .filter(value -> value.equals("true") || number(value).orElse(0.0) != 0)
                .isPresent();
    }

    /** A whole number, also one that is written as {@code 48000.0} or {@code "48000"}; empty if it is none. */
    public Optional<Integer> integer(String name) {
        return text(name)
                .flatMap(JsonMessage::number)
                .filter(number -> number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE)
                .map(Double::intValue);
    }

    /** The names of all fields. */
    public Iterable<String> names() {
        return fields.keySet();
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.parseDouble(text)).filter(Double::isFinite);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Builds what the parser tells. */
    private static final class Reader {
        private final JsonParser parser;
        private int values;

        Reader(JsonParser parser) {
            this.parser = parser;
        }

        Map<String, Object> object(int depth) {
            Map<String, Object> fields = new LinkedHashMap<>();
            while (parser.next() == Event.KEY_NAME) {
                fields.put(parser.getString(), value(parser.next(), depth));
            }
            return fields;
        }

        private List<Object> list(int depth) {
            List<Object> list = new ArrayList<>();
            for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
                list.add(value(event, depth));
            }
            return list;
        }

        private Object value(Event event, int depth) {
            if (++values > VALUES || depth > DEPTH) {
                throw new JsonException("More than a message holds.");
            }
            return switch (event) {
                case VALUE_STRING, VALUE_NUMBER -> parser.getString();
                case VALUE_TRUE -> "true";
                case VALUE_FALSE -> "false";
                case START_OBJECT -> new JsonMessage(object(depth + 1));
                case START_ARRAY -> list(depth + 1);
                default -> null;
            };
        }
    }
}
