package dev.steno.transcript.json;

import dev.steno.transcript.PiiEntity;
import dev.steno.transcript.Word;
import jakarta.json.stream.JsonGenerator;
import java.util.List;

/** Writes the parts of a segment. Seconds have three decimals, a millisecond; confidences have three, too. */
public final class SegmentJson {
    private SegmentJson() {}

    /** The array {@code words}. */
    public static void writeWords(JsonGenerator json, List<Word> words) {
        json.writeStartArray("words");
        for (Word word : words) {
            json.writeStartObject().write("text", word.text());
            writeTimes(json, word.start(), word.end());
            writeConfidence(json, word.confidence());
            word.speaker().ifPresent(speaker -> json.write("speaker", speaker));
            json.writeEnd();
        }
        json.writeEnd();
    }

    /** The array {@code entities}. */
    public static void writeEntities(JsonGenerator json, List<PiiEntity> entities) {
        json.writeStartArray("entities");
        for (PiiEntity entity : entities) {
            json.writeStartObject()
                    .write("category", entity.category())
                    .write("type", entity.type())
                    .write("text", entity.text());
            writeTimes(json, entity.start(), entity.end());
            writeConfidence(json, entity.confidence());
            json.writeEnd();
        }
        json.writeEnd();
    }

    public static void writeTimes(JsonGenerator json, double start, double end) {
        json.write("start", thousandths(start)).write("end", thousandths(end));
    }

    /** Never NaN nor infinite, which JSON cannot say. */
    public static double thousandths(double value) {
        return Math.round(value * 1e3) / 1e3;
    }

    /** Left out where the engine gave none. */
    private static void writeConfidence(JsonGenerator json, double confidence) {
        if (Double.isFinite(confidence)) {
            json.write("confidence", thousandths(confidence));
        }
    }
}
