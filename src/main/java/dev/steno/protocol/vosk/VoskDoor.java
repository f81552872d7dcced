package dev.steno.protocol.vosk;

import dev.steno.protocol.Dialogue;
import dev.steno.protocol.Door;
import dev.steno.protocol.DoorLink;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code /vosk?language_code=…}. */
@ApplicationScoped
public class VoskDoor implements Door {
    @Override
    public String name() {
        return "vosk";
    }

    @Override
    public String path() {
        return "/vosk";
    }

    @Override
    public Dialogue open(DoorLink connection) {
        return new VoskDialogue(connection, System::nanoTime);
    }
}
