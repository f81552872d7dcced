package dev.steno.testing.engine;

import dev.steno.testing.engine.Hearing.Heard;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** speaches: the protocol's first version, no deltas, errors without code, and times that begin anew with each item. */
final class SpeachesScript extends RealtimeScript {
    /** 100 ms. */
    private static final int LEAST_COMMIT = 4_800;

    private final Hearing ear;
    private boolean turns = true;
    private int items;
    private int uncommitted;
    private String heard = "";

    SpeachesScript(EngineCall call, Hearing.Maker hearing) {
        super(call);
        ear = hearing.make(24_000, this::heard);
    }

    @Override
    public void opened() {
        call.say(session("session.created"));
    }

    private static JsonObject session(String type) {
        return event(type)
                .add("session", Json.createObjectBuilder().add("input_audio_format", "pcm16"))
                .build();
    }

    @Override
    public void binary(byte[] frame) {
        throw new IllegalArgumentException("speaches reads text only");
    }

    @Override
    public void text(String text, JsonObject message) {
        switch (message.getString("type")) {
            case "session.update" -> {
                JsonObject session = message.getJsonObject("session");
                session.getJsonObject("input_audio_transcription").getString("language");
                turns = !JsonValue.NULL.equals(session.get("turn_detection"));
                call.say(session("session.updated"));
            }
            case "input_audio_buffer.append" -> {
                byte[] audio = audio(message);
                uncommitted += audio.length;
                if (call.heard(audio.length * 2 / 3)) {
                    ear.hear(audio);
                }
            }
            case "input_audio_buffer.commit" -> commit();
            default -> throw new IllegalArgumentException(text);
        }
    }

    private void commit() {
        if (turns) {
            throw new IllegalStateException("turns of the server have times that nobody can use");
        }
        if (uncommitted < LEAST_COMMIT) {
            call.say(event("error")
                    .add(
                            "error",
                            Json.createObjectBuilder()
                                    .add("type", "invalid_request_error")
                                    .add("message", "Error committing input audio buffer: buffer too small."))
                    .build());
            return;
        }
        uncommitted = 0;
        ear.end();
        items++;
        call.say(event("input_audio_buffer.committed")
                .add("item_id", "item_" + items)
                .build());
        call.say(event(TRANSCRIPTION + "completed")
                .add("item_id", "item_" + items)
                .add("transcript", heard)
                .build());
        heard = "";
    }

    private void heard(Heard result) {
        if (!result.partial()) {
            heard = (heard + " " + result.text()).strip();
        }
    }
}
