package dev.steno.protocol.telephony;

import dev.steno.access.AccessControl;
import dev.steno.access.AuthMode;
import dev.steno.protocol.Dialogue;
import dev.steno.protocol.Door;
import dev.steno.protocol.DoorLink;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * {@code /telephony/twilio}: Media Streams. Twilio's addresses have no parameters, so a token comes in the first
 * message.
 */
@ApplicationScoped
public class TwilioDoor implements Door {
    private final AccessControl access;

    /** For the container's proxy only. */
    protected TwilioDoor() {
        access = null;
    }

    @Inject
    public TwilioDoor(AccessControl access) {
        this.access = access;
    }

    @Override
    public String name() {
        return "twilio";
    }

    @Override
    public String path() {
        return "/telephony/twilio";
    }

    @Override
    public boolean identifiesLater() {
        return true;
    }

    @Override
    public Dialogue open(DoorLink link) {
        boolean known =
                access.mode() != AuthMode.TOKEN || !link.caller().identity().isEmpty();
        return new TwilioDialogue(link, known, access::owner, System::nanoTime);
    }
}
