package dev.steno.recognition.realtime;

import dev.steno.recognition.remote.Outgoing;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;

/** Events of the client, as text. Pure functions. */
final class RealtimeMessages {
    /** {@code event_id} of the update that leaves the turns to the client. */
    static final String TURNS_OFF = "steno_turns_off";

    /** {@code event_id} of the last commit. */
    static final String LAST_COMMIT = "steno_last_commit";

    private static final JsonGeneratorFactory GENERATORS =
            JsonProvider.provider().createGeneratorFactory(Map.of());

    private RealtimeMessages() {}

    static Outgoing append(byte[] audio) {
        return new Outgoing.Text("{\"type\":\"input_audio_buffer.append\",\"audio\":\""
                + Base64.getEncoder().encodeToString(audio) + "\"}");
    }

    static Outgoing commit() {
        return event("input_audio_buffer.commit", json -> {});
    }

    static Outgoing lastCommit() {
        return event("input_audio_buffer.commit", json -> json.write("event_id", LAST_COMMIT));
    }

    /** vLLM: no more audio of what the commit before began. */
    static Outgoing finalCommit() {
        return event("input_audio_buffer.commit", json -> json.write("final", true));
    }

    /** @param rate of the PCM that is going to be appended */
    static Outgoing openAiSession(RealtimeSession session, int rate, boolean serverTurns) {
        return event("session.update", json -> {
            startInput(json);
            json.writeStartObject("format")
                    .write("type", "audio/pcm")
                    .write("rate", rate)
                    .writeEnd();
            json.writeStartObject("transcription");
            session.model().ifPresent(model -> json.write("model", model));
            json.write("language", session.generalLanguage());
            writeHints(json, session);
            json.writeEnd();
            if (serverTurns) {
                json.writeStartObject("turn_detection")
                        .write("type", "server_vad")
                        .writeEnd();
            } else {
                json.writeNull("turn_detection");
            }
            json.writeEnd().writeEnd().writeEnd();
        });
    }

    /** The protocol's first version. PCM of 24 kHz is its only kind. */
    static Outgoing firstVersionSession(RealtimeSession session) {
        return event("session.update", json -> {
            json.writeStartObject("session").writeStartObject("input_audio_transcription");
            session.model().ifPresent(model -> json.write("model", model));
            json.write("language", session.generalLanguage());
            writeHints(json, session);
            json.writeEnd().writeNull("turn_detection").writeEnd();
        });
    }

    /** A prompt that is a list of words is understood by all models; the newer ones have a field for words. */
    private static void writeHints(JsonGenerator json, RealtimeSession session) {
        if (session.phrases().isEmpty()) {
            return;
        }
        String model = session.model().orElse("");
        if (model.startsWith("gpt-live") || model.startsWith("gpt-transcribe")) {
            json.writeStartArray("keywords");
            session.phrases().forEach(json::write);
            json.writeEnd();
        } else {
            json.write("prompt", String.join(", ", session.phrases()));
        }
    }

    /** The client says where the last turn ends. */
    static Outgoing turnsOff() {
        return event("session.update", json -> {
            json.write("event_id", TURNS_OFF);
            startInput(json);
            json.writeNull("turn_detection").writeEnd().writeEnd().writeEnd();
        });
    }

    private static void startInput(JsonGenerator json) {
        json.writeStartObject("session")
                .write("type", "transcription")
                .writeStartObject("audio")
                .writeStartObject("input");
    }

    static Outgoing vllmSession(RealtimeSession session) {
        return event("session.update", json -> session.model()
                .ifPresentOrElse(model -> json.write("model", model), () -> json.writeNull("model")));
    }

    /** @param boost of the phrases, as the server gives a prompt */
    static Outgoing nemoSession(RealtimeSession session, int rate, int boost) {
        return event("session.update", json -> {
            json.writeStartObject("session")
                    .write("sample_rate", rate)
                    .write("language", session.language())
                    .write("word_timestamps", true);
            if (!session.phrases().isEmpty()) {
                json.writeStartArray("speech_contexts").writeStartObject().writeStartArray("phrases");
                session.phrases().forEach(json::write);
                json.writeEnd().write("boost", boost).writeEnd().writeEnd();
            }
            json.writeEnd();
        });
    }

    private static Outgoing event(String type, Consumer<JsonGenerator> fields) {
        StringWriter out = new StringWriter(256);
        try (JsonGenerator json = GENERATORS.createGenerator(out)) {
            json.writeStartObject().write("type", type);
            fields.accept(json);
            json.writeEnd();
        }
        return new Outgoing.Text(out.toString());
    }
}
