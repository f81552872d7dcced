package dev.steno.testing.engine;

import dev.steno.testing.engine.Hearing.Heard;
import jakarta.json.Json;
import jakarta.json.JsonObject;

/** vLLM: text is generated from a commit to a final commit; what is appended in between and its end is forgotten. */
final class VllmScript extends RealtimeScript {
    private final Hearing ear;
    private boolean modelChecked;
    private boolean generating;
    private String told = "";
    private String settled = "";

    VllmScript(EngineCall call, Hearing.Maker hearing) {
        super(call);
        ear = hearing.make(16_000, this::heard);
    }

    @Override
    public void opened() {
        call.say(event("session.created").build());
    }

    @Override
    public void binary(byte[] frame) {
        throw new IllegalArgumentException("vLLM reads text only");
    }

    @Override
    public void text(String text, JsonObject message) {
        switch (message.getString("type")) {
            case "session.update" -> {
                message.get("model").getValueType(); // a missing one is a fault there
                modelChecked = true;
            }
            case "input_audio_buffer.append" -> {
                byte[] audio = audio(message);
                if (call.heard(audio.length)) {
                    ear.hear(audio);
                }
            }
            case "input_audio_buffer.commit" -> commit(message.getBoolean("final", false));
            default -> error();
        }
    }

    private void commit(boolean last) {
        if (!modelChecked || last != generating) {
            throw new IllegalArgumentException("a commit out of order");
        }
        generating = !last;
        if (last && call.ended()) {
            ear.end();
            call.say(event("transcription.done").add("text", settled).build());
            settled = "";
            told = "";
        }
    }

    private void heard(Heard heard) {
        String all = (settled + " " + heard.text()).strip();
        call.say(event("transcription.delta")
                .add("delta", all.startsWith(told) ? all.substring(told.length()) : "")
                .build());
        told = all;
        if (!heard.partial()) {
            settled = all;
        }
    }

    @Override
    public void error() {
        call.say(Json.createObjectBuilder()
                .add("type", "error")
                .add("error", "The engine died. " + EngineServer.KEY)
                .add("code", "processing_error")
                .build());
    }
}
