package dev.steno.protocol.telephony;

import dev.steno.protocol.Dialogue;
import dev.steno.protocol.Door;
import dev.steno.protocol.DoorLink;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code /telephony/jambonz-stt}: a custom speech service of jambonz. */
@ApplicationScoped
public class JambonzDoor implements Door {
    @Override
    public String name() {
        return "jambonz-stt";
    }

    @Override
    public String path() {
        return "/telephony/jambonz-stt";
    }

    @Override
    public Dialogue open(DoorLink link) {
        return new JambonzDialogue(link);
    }
}
