package dev.steno.caller;

import java.security.Principal;

/**
 * A connection whose handshake was let in: the principal that a WebSocket endpoint finds.
 *
 * @param base the absolute address of Steno's root as the caller reached it, without a slash at its end
 */
public record Visit(Caller caller, String base) implements Principal {
    @Override
    public String getName() {
        return caller.getName();
    }
}
