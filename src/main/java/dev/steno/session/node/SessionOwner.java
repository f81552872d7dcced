package dev.steno.session.node;

import dev.steno.caller.Caller;
import dev.steno.transcript.SessionId;

/**
 * Which session, and whose.
 *
 * @param caller nobody with another identity may resume the session
 */
record SessionOwner(SessionId id, Caller caller) {
    boolean is(Caller other) {
        return caller.identity().equals(other.identity());
    }

    /** Whether the session counts together with what another caller has. */
    boolean countsFor(Caller other) {
        return caller.account().equals(other.account());
    }
}
