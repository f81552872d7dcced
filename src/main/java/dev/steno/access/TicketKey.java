package dev.steno.access;

/** The secret that signs tickets. Where it is kept is decided outside this package, which knows no folders. */
@FunctionalInterface
public interface TicketKey {
    /** Asked for once, and only with AUTH_MODE=token. */
    byte[] bytes();
}
