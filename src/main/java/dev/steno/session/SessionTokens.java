package dev.steno.session;

import java.util.ArrayDeque;
import java.util.Deque;

/** The tokens of one session that a client may hold. Belongs to the session's worker. */
final class SessionTokens {
    /** A client may lose several connections before it could send over one; each of them was given a token. */
    private static final int UNUSED = 8;

    private final ResumeTokens all;
    private final TranscriptionSession session;
    private final Deque<String> held = new ArrayDeque<>();

    SessionTokens(ResumeTokens all, TranscriptionSession session) {
        this.all = all;
        this.session = session;
    }

    /** One more, for a new connection. Older ones stay good until the client shows that it has this one. */
    String issue() {
        if (held.size() == UNUSED) {
            String certain = held.remove(); // the client sent frames over the connection that came with it
            all.revoke(held.remove());
            held.addFirst(certain);
        }
        held.add(all.issue(session));
        return held.getLast();
    }

    /** The client has the newest. */
    void revokeOlder() {
        while (held.size() > 1) {
            all.revoke(held.remove());
        }
    }

    void revokeAll() {
        held.forEach(all::revoke);
        held.clear();
    }
}
