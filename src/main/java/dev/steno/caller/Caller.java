package dev.steno.caller;

import java.security.Principal;

/**
 * Who is on the other side of a connection. Made where the handshake is checked; the WebSocket carries it in its
 * principal, a {@link Visit}.
 *
 * @param identity who it is; empty if nobody is known
 * @param place where it comes from: an IPv4 address, or the network of an IPv6 address; empty if that is not known
 */
public record Caller(String identity, String place) implements Principal {
    public static Caller of(Principal principal) {
        if (principal instanceof Caller caller) {
            return caller;
        }
        if (principal instanceof Visit visit) {
            return visit.caller();
        }
        return new Caller(principal == null ? "" : principal.getName(), "");
    }

    @Override
    public String getName() {
        return identity;
    }

    /** What counts together: all connections of a person who is known, else all from one place. */
    public String account() {
        return identity.isEmpty() ? "from " + place : "by " + identity;
    }
}
