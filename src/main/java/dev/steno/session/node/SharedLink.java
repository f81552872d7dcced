package dev.steno.session.node;

import dev.steno.session.SessionEvent;
import dev.steno.session.Sharing;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The link by which others read along with a session. Belongs to the session's worker. */
final class SharedLink {
    private final Sharing sharing;
    private final SessionOwner owner;
    private final Supplier<String> base;
    private final Consumer<SessionEvent> answers;

    /**
     * @param base the address of Steno's root as the client reaches it now
     * @param answers what the client is to be told; may be called by any thread
     */
    SharedLink(Sharing sharing, SessionOwner owner, Supplier<String> base, Consumer<SessionEvent> answers) {
        this.sharing = sharing;
        this.owner = owner;
        this.base = base;
        this.answers = answers;
    }

    /** Why a recording cannot begin with these options. */
    Optional<String> refusal(Map<String, String> options) {
        return sharing.refusal(options);
    }

    void onStarted(Map<String, String> options) {
        sharing.onStarted(recorder(), options);
    }

    void share(Optional<String> room) {
        sharing.share(recorder(), room);
    }

    void unshare() {
        sharing.unshare(owner.id());
    }

    void onClosed() {
        sharing.onClosed(owner.id());
    }

    private Sharing.Recorder recorder() {
        return new Sharing.Recorder(owner.id(), owner.caller(), base.get(), answers);
    }
}
