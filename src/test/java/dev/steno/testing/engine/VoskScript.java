package dev.steno.testing.engine;

import dev.steno.testing.engine.Hearing.Heard;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Queue;

/** asr_server.py of vosk-server: one answer to each piece of audio and to the end, none to anything else. */
final class VoskScript implements EngineScript {
    private final EngineCall call;
    private final Hearing.Maker hearing;
    private final Queue<Heard> finals = new ArrayDeque<>();
    private Hearing ear;
    private int rate = 8_000;
    private boolean words;
    private String partial = "";

    VoskScript(EngineCall call, Hearing.Maker hearing) {
        this.call = call;
        this.hearing = hearing;
    }

    @Override
    public int admit(String target, String authorization) {
        return 101;
    }

    @Override
    public void opened() {}

    @Override
    public void text(String text, JsonObject message) {
        if (text.contains("config")) {
            JsonObject config = message.getJsonObject("config");
            rate = config.getInt("sample_rate");
            words = config.getInt("words") != 0;
        } else if (text.equals("{\"eof\" : 1}")) {
            if (call.ended()) {
                ear().end();
                answer(true);
                call.close(1000);
            }
        } else {
            throw new IllegalArgumentException("The recogniser would take this for audio: " + text);
        }
    }

    private Hearing ear() {
        if (ear == null) {
            ear = hearing.make(rate, this::heard);
        }
        return ear;
    }

    private void heard(Heard heard) {
        if (heard.partial()) {
            partial = heard.text();
        } else {
            partial = "";
            finals.add(heard);
        }
    }

    @Override
    public void binary(byte[] bytes) {
        if (bytes.length % 2 != 0) {
            throw new IllegalArgumentException("half a sample");
        }
        if (call.heard(bytes.length)) {
            ear().hear(bytes);
            answer(false);
        }
    }

    private void answer(boolean last) {
        if (finals.isEmpty() && !last) {
            call.say(Json.createObjectBuilder().add("partial", partial).build());
            return;
        }
        String text = "";
        JsonArrayBuilder result = Json.createArrayBuilder();
        do {
            Heard heard = finals.poll();
            if (heard != null) {
                text = (text + " " + heard.text()).strip();
                heard.words()
                        .forEach(word -> result.add(Json.createObjectBuilder()
                                .add("conf", 0.9)
                                .add("start", word.start())
                                .add("end", word.end())
                                .add("word", word.text())));
            }
        } while (last && !finals.isEmpty());
        call.say((words && !text.isEmpty()
                        ? Json.createObjectBuilder().add("result", result)
                        : Json.createObjectBuilder())
                .add("text", text)
                .build());
    }

    /** The protocol has none: the server's exception ends the connection. */
    @Override
    public void error() {
        call.close(1011);
    }
}
