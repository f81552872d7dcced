package dev.steno.testing.engine;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Base64;

/** What the dialects of the Realtime protocol have in common. */
abstract class RealtimeScript implements EngineScript {
    static final String TRANSCRIPTION = "conversation.item.input_audio_transcription.";

    final EngineCall call;

    RealtimeScript(EngineCall call) {
        this.call = call;
    }

    @Override
    public int admit(String target, String authorization) {
        if (!target.startsWith("/v1/realtime")) {
            return 404;
        }
        return authorization.equals("Bearer " + EngineServer.KEY) ? 101 : 401;
    }

    static byte[] audio(JsonObject append) {
        byte[] audio = Base64.getDecoder().decode(append.getString("audio"));
        if (audio.length == 0 || audio.length % 2 != 0) {
            throw new IllegalArgumentException("half a sample, or none");
        }
        return audio;
    }

    static JsonObjectBuilder event(String type) {
        return Json.createObjectBuilder().add("type", type).add("event_id", "event_1");
    }

    @Override
    public void error() {
        error("server_error", "processing_error", "");
    }

    void error(String type, String code, String cause) {
        JsonObjectBuilder error = Json.createObjectBuilder()
                .add("type", type)
                .add("code", code)
                .add("message", "You provided " + EngineServer.KEY + ".");
        if (!cause.isEmpty()) {
            error.add("event_id", cause);
        }
        call.say(event("error").add("error", error).build());
    }
}
