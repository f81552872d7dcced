package dev.steno.session.node;

import dev.steno.quota.Quota;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The places for recordings on this node. Thread-safe. */
final class Places {
    private final Quota quota;
    private final SessionRegistry sessions;

    Places(Quota quota, SessionRegistry sessions) {
        this.quota = quota;
        this.sessions = sessions;
    }

    /** @return why there is none; empty if it is taken */
    CompletionStage<Optional<String>> take(SessionOwner owner) {
        return quota.begin(owner.caller(), owner.id());
    }

    /** A recording of a process that is gone had a place already. */
    void takeAgain(SessionOwner owner) {
        quota.resumeRecording(owner.caller(), owner.id());
    }

    void giveBack(SessionOwner owner) {
        quota.end(owner.caller(), owner.id());
    }

    /**
     * A client that reconnects instead of resuming may hold all places itself, with recordings that it will not resume.
     *
     * @return whether one of them ends now
     */
    boolean makeRoom(SessionOwner owner) {
        return quota.isFullFor(owner.caller()) && sessions.endLost(owner.caller());
    }
}
