package dev.steno.protocol.telephony;

import dev.steno.protocol.Dialogue;
import dev.steno.protocol.Door;
import dev.steno.protocol.DoorLink;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code /telephony/asterisk}: the channel driver chan_websocket. */
@ApplicationScoped
public class AsteriskDoor implements Door {
    @Override
    public String name() {
        return "asterisk";
    }

    @Override
    public String path() {
        return "/telephony/asterisk";
    }

    @Override
    public List<String> subprotocols() {
        return List.of("media");
    }

    @Override
    public Dialogue open(DoorLink link) {
        return new AsteriskDialogue(link);
    }
}
