package dev.steno.testing.engine;

import dev.steno.testing.engine.Hearing.Heard;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** NeMo-Speech.cpp: PCM as bytes, no items, times of words. It tells a wrong key only after the handshake. */
final class NemoScript extends RealtimeScript {
    private final Hearing ear;
    private boolean authorized;
    private boolean configured;
    private String told = "";

    NemoScript(EngineCall call, Hearing.Maker hearing) {
        super(call);
        ear = hearing.make(16_000, this::heard);
    }

    @Override
    public int admit(String target, String authorization) {
        authorized = super.admit(target, authorization) == 101;
        return 101;
    }

    @Override
    public void opened() {
        if (authorized) {
            call.say(event("session.created").build());
        } else {
            call.close(1008);
        }
    }

    @Override
    public void text(String text, JsonObject message) {
        switch (message.getString("type")) {
            case "session.update" -> {
                JsonObject session = message.getJsonObject("session");
                configured = session.getInt("sample_rate") == 16_000 && session.getBoolean("word_timestamps");
                call.say(event("session.updated").add("session", session).build());
            }
            case "input_audio_buffer.commit" -> {
                if (call.ended()) {
                    ear.end();
                    call.say(event("input_audio_buffer.committed").build());
                }
            }
            default -> error("invalid_request_error", "unsupported", "");
        }
    }

    @Override
    public void binary(byte[] frame) {
        if (!configured || frame.length % 2 != 0) {
            throw new IllegalArgumentException("audio before the session is set up, or half a sample");
        }
        if (call.heard(frame.length)) {
            ear.hear(frame);
        }
    }

    private void heard(Heard heard) {
        String text = heard.text();
        JsonObjectBuilder event =
                event(TRANSCRIPTION + (heard.partial() ? "delta" : "completed")).add("audio_processed", heard.end());
        if (heard.partial()) {
            event.add("delta", text.startsWith(told) ? text.substring(told.length()) : text);
            told = text;
        } else {
            told = "";
            JsonArrayBuilder words = Json.createArrayBuilder();
            heard.words()
                    .forEach(word -> words.add(Json.createObjectBuilder()
                            .add("word", word.text())
                            .add("start", word.start())
                            .add("end", word.end())
                            .add("confidence", 0.8)));
            event.add("transcript", text).add("words", words);
        }
        call.say(event.build());
    }
}
