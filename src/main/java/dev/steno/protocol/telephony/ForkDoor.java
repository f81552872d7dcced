package dev.steno.protocol.telephony;

import dev.steno.protocol.Dialogue;
import dev.steno.protocol.Door;
import dev.steno.protocol.DoorLink;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code /telephony/fork}: FreeSWITCH with mod_audio_fork, and the verb {@code listen} of jambonz. */
@ApplicationScoped
public class ForkDoor implements Door {
    @Override
    public String name() {
        return "fork";
    }

    @Override
    public String path() {
        return "/telephony/fork";
    }

    @Override
    public List<String> subprotocols() {
        return List.of("audio.jambonz.org", "audio.drachtio.org");
    }

    @Override
    public Dialogue open(DoorLink link) {
        return new ForkDialogue(link);
    }
}
