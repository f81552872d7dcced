package dev.steno.audience;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.util.Map;
import java.util.function.Consumer;

/** JSON on one line. */
final class Json {
    private static final JsonGeneratorFactory GENERATORS =
            JsonProvider.provider().createGeneratorFactory(Map.of());

    private Json() {}

    static String object(Consumer<JsonGenerator> content) {
        StringWriter text = new StringWriter(128);
        try (JsonGenerator json = GENERATORS.createGenerator(text)) {
            json.writeStartObject();
            content.accept(json);
            json.writeEnd();
        }
        return text.toString();
    }

    /** An object without its closing brace, to which more may be added. */
    static String open(Consumer<JsonGenerator> content) {
        String object = object(content);
        return object.substring(0, object.length() - 1);
    }

    /** Milliseconds are exact enough. */
    static double seconds(double seconds) {
        return Math.round(seconds * 1e3) / 1e3;
    }
}
