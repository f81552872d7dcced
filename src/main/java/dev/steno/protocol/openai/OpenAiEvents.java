package dev.steno.protocol.openai;

import dev.steno.audio.AudioEncoding;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.util.Map;
import java.util.function.Consumer;

/** The events of the server, as text. Numbers them; otherwise without state. */
final class OpenAiEvents {
    private static final String TRANSCRIPTION = "conversation.item.input_audio_transcription.";

    private static final JsonGeneratorFactory GENERATORS =
            JsonProvider.provider().createGeneratorFactory(Map.of());

    private long number;

    String session(String type, String id, OpenAiConfig config) {
        return event(type, json -> {
            json.writeStartObject("session")
                    .write("object", "realtime.session")
                    .write("type", "transcription")
                    .write("id", id)
                    .writeStartObject("audio")
                    .writeStartObject("input");
            json.writeStartObject("format")
                    .write("type", mediaType(config.format().encoding()));
            if (config.format().encoding() == AudioEncoding.PCM) {
                json.write("rate", config.format().sampleRateHertz());
            }
            json.writeEnd();
            transcription(json, "transcription", config);
            turnDetection(json, config);
            json.writeEnd().writeEnd().writeEnd();
        });
    }

    /** As older clients expect it. */
    String transcriptionSession(String id, OpenAiConfig config) {
        return event("transcription_session.updated", json -> {
            json.writeStartObject("session")
                    .write("object", "realtime.transcription_session")
                    .write("id", id)
                    .write("input_audio_format", oldName(config.format().encoding()));
            transcription(json, "input_audio_transcription", config);
            turnDetection(json, config);
            json.writeEnd();
        });
    }

    private static void transcription(JsonGenerator json, String name, OpenAiConfig config) {
        json.writeStartObject(name)
                .write("model", config.model())
                .write("language", config.language())
                .write("prompt", config.prompt())
                .writeEnd();
    }

    private static void turnDetection(JsonGenerator json, OpenAiConfig config) {
        if (config.turns()) {
            json.writeStartObject("turn_detection").write("type", "server_vad").writeEnd();
        } else {
            json.writeNull("turn_detection");
        }
    }

    String speechStarted(String item, double start) {
        return event("input_audio_buffer.speech_started", json -> json.write("audio_start_ms", milliseconds(start))
                .write("item_id", item));
    }

    String speechStopped(String item, double end) {
        return event("input_audio_buffer.speech_stopped", json -> json.write("audio_end_ms", milliseconds(end))
                .write("item_id", item));
    }

    /** @param previous null before the first item */
    String committed(String item, String previous) {
        return event("input_audio_buffer.committed", json -> {
            previous(json, previous);
            json.write("item_id", item);
        });
    }

    String cleared() {
        return event("input_audio_buffer.cleared", json -> {});
    }

    /** @param previous null before the first item */
    String itemAdded(String item, String previous) {
        return event("conversation.item.added", json -> {
            previous(json, previous);
            json.writeStartObject("item")
                    .write("id", item)
                    .write("object", "realtime.item")
                    .write("type", "message")
                    .write("status", "completed")
                    .write("role", "user")
                    .writeStartArray("content")
                    .writeStartObject()
                    .write("type", "input_audio")
                    .writeNull("transcript")
                    .writeEnd()
                    .writeEnd()
                    .writeEnd();
        });
    }

    String delta(String item, String delta) {
        return event(
                TRANSCRIPTION + "delta",
                json -> json.write("item_id", item).write("content_index", 0).write("delta", delta));
    }

    /** @param seconds of audio that the item holds */
    String completed(String item, String transcript, double seconds) {
        return event(TRANSCRIPTION + "completed", json -> json.write("item_id", item)
                .write("content_index", 0)
                .write("transcript", transcript)
                .writeStartObject("usage")
                .write("type", "duration")
                .write("seconds", milliseconds(seconds) / 1e3)
                .writeEnd());
    }

    String failed(String item, String code, String message) {
        return event(TRANSCRIPTION + "failed", json -> {
            json.write("item_id", item).write("content_index", 0);
            json.writeStartObject("error")
                    .write("type", "transcription_error")
                    .write("code", code)
                    .write("message", message)
                    .writeNull("param")
                    .writeEnd();
        });
    }

    /**
     * The client sent something that cannot be used.
     *
     * @param cause the {@code event_id} that it gave its event, or null
     */
    String refused(RefusedEventException refused, String cause) {
        return error("invalid_request_error", refused.code(), refused.getMessage(), refused.param(), cause);
    }

    String fault(String code, String message) {
        return error("server_error", code, message, null, null);
    }

    private String error(String type, String code, String message, String param, String cause) {
        return event("error", json -> {
            json.writeStartObject("error")
                    .write("type", type)
                    .write("code", code)
                    .write("message", message);
            writeNullable(json, "param", param);
            writeNullable(json, "event_id", cause);
            json.writeEnd();
        });
    }

    private String event(String type, Consumer<JsonGenerator> fields) {
        StringWriter out = new StringWriter(256);
        try (JsonGenerator json = GENERATORS.createGenerator(out)) {
            number++;
            json.writeStartObject().write("type", type).write("event_id", "event_" + number);
            fields.accept(json);
            json.writeEnd();
        }
        return out.toString();
    }

    private static void previous(JsonGenerator json, String previous) {
        writeNullable(json, "previous_item_id", previous);
    }

    private static void writeNullable(JsonGenerator json, String name, String value) {
        if (value == null) {
            json.writeNull(name);
        } else {
            json.write(name, value);
        }
    }

    private static long milliseconds(double seconds) {
        return Math.round(seconds * 1e3);
    }

    private static String mediaType(AudioEncoding encoding) {
        return switch (encoding) {
            case PCM -> "audio/pcm";
            case MULAW -> "audio/pcmu";
            case ALAW -> "audio/pcma";
        };
    }

    private static String oldName(AudioEncoding encoding) {
        return switch (encoding) {
            case PCM -> "pcm16";
            case MULAW -> "g711_ulaw";
            case ALAW -> "g711_alaw";
        };
    }
}
