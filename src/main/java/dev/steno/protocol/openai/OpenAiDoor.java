package dev.steno.protocol.openai;

import dev.steno.protocol.Dialogue;
import dev.steno.protocol.Door;
import dev.steno.protocol.DoorLink;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code /v1/realtime?intent=transcription}. */
@ApplicationScoped
public class OpenAiDoor implements Door {
    @Override
    public String name() {
        return "openai";
    }

    @Override
    public String path() {
        return "/v1/realtime";
    }

    @Override
    public List<String> subprotocols() {
        return List.of("realtime");
    }

    @Override
    public Dialogue open(DoorLink connection) {
        return new OpenAiDialogue(connection);
    }
}
