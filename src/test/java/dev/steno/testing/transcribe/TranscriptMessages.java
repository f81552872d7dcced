package dev.steno.testing.transcribe;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.nio.ByteBuffer;
import java.util.Map;
import software.amazon.awssdk.eventstream.HeaderValue;
import software.amazon.awssdk.eventstream.Message;

/** The events that the service sends. */
final class TranscriptMessages {
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private TranscriptMessages() {}

    /** @param parameters of the request: speakers, language and PII come where they were asked for */
    static Message result(AudioDigest.Line line, int segment, Map<String, String> parameters) {
        JsonArrayBuilder items = JSON.createArrayBuilder();
        String[] words = line.text().split(" ", -1);
        double step = (line.end() - line.start()) / words.length;
        for (int i = 0; i < words.length; i++) {
            JsonObjectBuilder item =
                    item(words[i], line.start() + i * step, line.start() + (i + 1) * step, line.partial());
            if (parameters.containsKey("show-speaker-label") && !line.partial()) {
                item.add("Speaker", "spk_0");
            }
            items.add(item);
        }
        JsonObjectBuilder alternative =
                JSON.createObjectBuilder().add("Items", items).add("Transcript", line.text());
        if (parameters.containsKey("content-identification-type") && !line.partial()) {
            alternative.add("Entities", JSON.createArrayBuilder().add(entity(words[0], line.start())));
        }
        JsonObjectBuilder result = JSON.createObjectBuilder()
                .add("Alternatives", JSON.createArrayBuilder().add(alternative))
                .add("StartTime", line.start())
                .add("EndTime", line.end())
                .add("IsPartial", line.partial())
                .add("ResultId", "result-" + segment);
        if (parameters.containsKey("language-options")) {
            result.add("LanguageCode", parameters.get("language-options").split(",", 2)[0]);
        }
        return transcript(JSON.createArrayBuilder().add(result));
    }

    private static JsonObjectBuilder entity(String word, double start) {
        return JSON.createObjectBuilder()
                .add("Category", "PII")
                .add("Type", "NAME")
                .add("Content", word)
                .add("StartTime", start)
                .add("EndTime", start + 0.1)
                .add("Confidence", 0.9);
    }

    private static JsonObjectBuilder item(String word, double start, double end, boolean partial) {
        JsonObjectBuilder item = JSON.createObjectBuilder()
                .add("Content", word)
                .add("StartTime", start)
                .add("EndTime", end)
                .add("Type", "pronunciation");
        return partial ? item : item.add("Confidence", 0.99);
    }

    /** No result: the service sends it while nobody speaks. */
    static Message silence() {
        return transcript(JSON.createArrayBuilder());
    }

    static Message exception(ServiceError error) {
        return message("exception", ":exception-type", error.type(), errorBody(error));
    }

    static String errorBody(ServiceError error) {
        return JSON.createObjectBuilder()
                .add("Message", error.getMessage())
                .build()
                .toString();
    }

    /** With a wrong checksum at its end. */
    static ByteBuffer corrupt() {
        ByteBuffer message = silence().toByteBuffer();
        int last = message.limit() - 1;
        message.put(last, (byte) ~message.get(last));
        return message;
    }

    private static Message transcript(JsonArrayBuilder results) {
        JsonObjectBuilder transcript = JSON.createObjectBuilder().add("Results", results);
        String body =
                JSON.createObjectBuilder().add("Transcript", transcript).build().toString();
        return message("event", ":event-type", "TranscriptEvent", body);
    }

    private static Message message(String kind, String typeHeader, String type, String body) {
        Map<String, HeaderValue> headers = Map.of(
                ":message-type",
                HeaderValue.fromString(kind),
                typeHeader,
                HeaderValue.fromString(type),
                ":content-type",
                HeaderValue.fromString("application/json"));
        return new Message(headers, body.getBytes(UTF_8));
    }
}
