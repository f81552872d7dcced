package dev.steno.session.recording;

import dev.steno.caller.Caller;
import dev.steno.quota.Quota;
import dev.steno.transcript.SessionId;

/** A recording's place in the quota, given back once. Belongs to the session's worker. */
final class Place {
    private final Quota quota;
    private final Caller owner;
    private final SessionId id;
    private boolean held = true;

    Place(Quota quota, Caller owner, SessionId id) {
        this.quota = quota;
        this.owner = owner;
        this.id = id;
    }

    void giveBack() {
        if (held) {
            held = false;
            quota.end(owner, id);
        }
    }
}
