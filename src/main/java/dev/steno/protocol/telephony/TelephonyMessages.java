package dev.steno.protocol.telephony;

import dev.steno.transcript.TranscriptSegment;
import dev.steno.transcript.Word;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.util.Map;

/** What jambonz is told. Pure functions. */
final class TelephonyMessages {
    private static final JsonGeneratorFactory GENERATORS =
            JsonProvider.provider().createGeneratorFactory(Map.of());

    private TelephonyMessages() {}

    static String transcription(String partial, String language) {
        return transcription(partial, 1, false, language);
    }

    static String transcription(TranscriptSegment segment, String language) {
        double confidence = segment.words().stream()
                .filter(Word::hasConfidence)
                .mapToDouble(Word::confidence)
                .average()
                .orElse(1);
        return transcription(segment.text(), confidence, true, language);
    }

    private static String transcription(String text, double confidence, boolean isFinal, String language) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = GENERATORS.createGenerator(out)) {
            json.writeStartObject()
                    .write("type", "transcription")
                    .write("is_final", isFinal)
                    .writeStartArray("alternatives")
                    .writeStartObject()
                    .write("transcript", text)
                    .write("confidence", Math.round(confidence * 1e3) / 1e3)
                    .writeEnd()
                    .writeEnd()
                    .write("language", language)
                    .write("channel", 1)
                    .writeEnd();
        }
        return out.toString();
    }

    static String error(String message) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = GENERATORS.createGenerator(out)) {
            json.writeStartObject()
                    .write("type", "error")
                    .write("error", message)
                    .writeEnd();
        }
        return out.toString();
    }
}
