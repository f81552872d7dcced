package dev.steno.testing.engine;

import dev.steno.testing.engine.Hearing.Heard;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

/** OpenAI: PCM of 24 kHz in text; turns that the server finds, or the client. */
final class OpenAiScript extends RealtimeScript {
    private static final int RATE = 24_000;

    /** 100 ms: a commit of less is refused. */
    private static final int LEAST_COMMIT = RATE * 2 / 10;

    private final Hearing ear;
    private JsonObject input = JsonValue.EMPTY_JSON_OBJECT;
    private boolean turns = true;
    private boolean configured;
    private int items;
    private String item;
    private String told = "";
    private long bytes;
    private long committed;

    OpenAiScript(EngineCall call, Hearing.Maker hearing) {
        super(call);
        ear = hearing.make(RATE, this::heard);
    }

    @Override
    public int admit(String target, String authorization) {
        int status = super.admit(target, authorization);
        return status == 101 && !target.contains("intent=transcription") ? 400 : status;
    }

    @Override
    public void opened() {
        call.say(session("session.created"));
    }

    private JsonObject session(String type) {
        return event(type)
                .add(
                        "session",
                        Json.createObjectBuilder()
                                .add("audio", Json.createObjectBuilder().add("input", input)))
                .build();
    }

    @Override
    public void binary(byte[] frame) {
        error("invalid_request_error", "invalid_event", "");
    }

    @Override
    public void text(String text, JsonObject message) {
        switch (message.getString("type")) {
            case "session.update" -> update(message);
            case "input_audio_buffer.append" -> append(audio(message));
            case "input_audio_buffer.commit" -> commit(message.getString("event_id", ""));
            default -> throw new IllegalArgumentException(text);
        }
    }

    private void update(JsonObject message) {
        JsonObject session = message.getJsonObject("session");
        JsonObject wanted = session.getJsonObject("audio").getJsonObject("input");
        if (!session.getString("type").equals("transcription")
                || (!configured && wanted.getJsonObject("format").getInt("rate") != RATE)) {
            error("invalid_request_error", "invalid_value", message.getString("event_id", ""));
            return;
        }
        configured = true;
        JsonObjectBuilder all = Json.createObjectBuilder();
        input.forEach(all::add);
        wanted.forEach(all::add);
        input = all.build();
        turns = !JsonValue.NULL.equals(input.get("turn_detection"));
        call.say(session("session.updated"));
    }

    private void append(byte[] audio) {
        if (!configured) {
            throw new IllegalArgumentException("audio before the session is set up");
        }
        bytes += audio.length;
        if (call.heard(audio.length * 2 / 3)) {
            ear.hear(audio);
        }
    }

    private void heard(Heard heard) {
        if (item == null) {
            items++;
            item = "item_" + items;
            if (turns) {
                call.say(event("input_audio_buffer.speech_started")
                        .add("item_id", item)
                        .add("audio_start_ms", Math.round(heard.start() * 1000))
                        .build());
            }
        }
        if (heard.partial()) {
            delta(heard.text());
        } else if (turns) {
            call.say(event("input_audio_buffer.speech_stopped")
                    .add("item_id", item)
                    .add("audio_end_ms", Math.round(heard.end() * 1000))
                    .build());
            committed();
            complete(heard.text());
        } else {
            told = heard.text(); // until the client commits
        }
    }

    private void delta(String text) {
        call.say(event(TRANSCRIPTION + "delta")
                .add("item_id", item)
                .add("delta", text.startsWith(told) ? text.substring(told.length()) : "")
                .build());
        told = text;
    }

    private void committed() {
        committed = bytes;
        call.say(event("input_audio_buffer.committed").add("item_id", item).build());
        call.say(event("conversation.item.added").build());
    }

    private void complete(String text) {
        call.say(event(TRANSCRIPTION + "completed")
                .add("item_id", item)
                .add("content_index", 0)
                .add("transcript", text)
                .build());
        item = null;
        told = "";
    }

    private void commit(String id) {
        boolean last = id.equals("steno_last_commit");
        if (last && !call.ended()) {
            return;
        }
        if (bytes - committed < LEAST_COMMIT) {
            error("invalid_request_error", "input_audio_buffer_commit_empty", id);
            return;
        }
        ear.end();
        if (item == null) {
            items++;
            item = "item_" + items;
        }
        committed();
        complete(told);
    }
}
