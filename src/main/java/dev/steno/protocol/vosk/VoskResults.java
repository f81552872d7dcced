package dev.steno.protocol.vosk;

import dev.steno.transcript.TranscriptSegment;
import dev.steno.transcript.Word;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Results as vosk-server writes them. Pure functions. */
final class VoskResults {
    private static final JsonGeneratorFactory GENERATORS =
            JsonProvider.provider().createGeneratorFactory(Map.of());

    private VoskResults() {}

    static String partial(String text) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = GENERATORS.createGenerator(out)) {
            json.writeStartObject().write("partial", text).writeEnd();
        }
        return out.toString();
    }

    /** @param segments that are joined to one result; may be none */
    static String result(Collection<TranscriptSegment> segments, VoskConfig config) {
        String text = segments.stream().map(TranscriptSegment::text).collect(Collectors.joining(" "));
        List<Word> words =
                segments.stream().flatMap(segment -> segment.words().stream()).toList();
        StringWriter out = new StringWriter();
        try (JsonGenerator json = GENERATORS.createGenerator(out)) {
            json.writeStartObject();
            if (config.alternatives()) {
                json.writeStartArray("alternatives").writeStartObject();
                json.write("confidence", confidence(words));
            }
            if (config.words() && !words.isEmpty()) {
                write(json, words);
            }
            json.write("text", text);
            if (config.alternatives()) {
                json.writeEnd().writeEnd();
            }
            json.writeEnd();
        }
        return out.toString();
    }

    private static void write(JsonGenerator json, List<Word> words) {
        json.writeStartArray("result");
        for (Word word : words) {
            json.writeStartObject()
                    .write("conf", confidence(word))
                    .write("start", rounded(word.start(), 1e3))
                    .write("end", rounded(word.end(), 1e3))
                    .write("word", word.text())
                    .writeEnd();
        }
        json.writeEnd();
    }

    private static double confidence(List<Word> words) {
        return rounded(
                words.stream().mapToDouble(VoskResults::confidence).average().orElse(1), 1e6);
    }

    /** Clients expect the field, so an engine that does not know is taken for sure. */
    private static double confidence(Word word) {
        return word.hasConfidence() ? rounded(word.confidence(), 1e6) : 1;
    }

    private static double rounded(double value, double digits) {
        return Math.round(value * digits) / digits;
    }
}
