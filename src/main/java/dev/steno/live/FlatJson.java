package dev.steno.live;

import dev.steno.session.ErrorCode;
import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Reads one JSON object whose values are strings, numbers, booleans, null or lists of strings, and nothing after it.
 * Nothing else in the protocol nests, so nesting is refused where it begins and no input can make the parser go deep.
 */
final class FlatJson {
    /** More fields than any message has. */
    private static final int FIELDS = 64;

    private static final String NESTED =
            "Fields of a message are strings, numbers, booleans or lists of strings; nothing else nests.";

    private static final JsonProvider JSON = JsonProvider.provider();

    private FlatJson() {}

    static JsonFields parse(String text) throws RefusedMessageException {
        try (JsonParser parser = JSON.createParser(new StringReader(text))) {
            if (parser.next() != Event.START_OBJECT) {
                throw refused("A message is one JSON object.");
            }
            JsonFields fields = fields(parser);
            if (parser.hasNext()) {
                throw refused("Something follows the JSON object; send one message a frame.");
            }
            return fields;
        } catch (JsonException | NoSuchElementException e) {
            throw refused("This is not JSON. A message is one JSON object.");
        }
    }

    private static JsonFields fields(JsonParser parser) throws RefusedMessageException {
        Map<String, String> fields = new LinkedHashMap<>();
        Set<String> strings = new HashSet<>();
        while (parser.next() == Event.KEY_NAME) {
            String name = parser.getString();
            Event event = parser.next();
            String value = value(parser, event);
            if (fields.size() >= FIELDS) {
                throw refused("A message has at most " + FIELDS + " fields.");
            }
            if (fields.containsKey(name)) {
                throw refused("A field comes twice.");
            }
            fields.put(name, value);
            if (event == Event.VALUE_STRING) {
                strings.add(name);
            }
        }
        return new JsonFields(fields, strings);
    }

    private static String value(JsonParser parser, Event event) throws RefusedMessageException {
        return switch (event) {
            case VALUE_STRING, VALUE_NUMBER -> parser.getString();
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case VALUE_NULL -> null;
            case START_ARRAY -> list(parser);
            default -> throw refused(NESTED);
        };
    }

    private static String list(JsonParser parser) throws RefusedMessageException {
        StringJoiner list = new StringJoiner(",");
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            if (event != Event.VALUE_STRING) {
                throw refused(NESTED);
            }
            list.add(parser.getString());
        }
        return list.toString();
    }

    private static RefusedMessageException refused(String message) {
        return new RefusedMessageException(ErrorCode.BAD_MESSAGE, message);
    }
}
