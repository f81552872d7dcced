package dev.steno.session.attachment;

import dev.steno.transcript.SessionId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The tokens of one session that a client may hold, as hashes. Belongs to the session's worker. */
public final class SessionTokens {
    /** A client may lose several connections before it could send over one; each of them was given a token. */
    private static final int UNUSED = 8;

    private final ResumeTokens all;
    private final SessionId session;
    private final Deque<String> held = new ArrayDeque<>();

    public SessionTokens(ResumeTokens all, SessionId session) {
        this.all = all;
        this.session = session;
    }

    /** One more, for a new connection. Older ones stay good until the client shows that it has this one. */
    public String issue() {
        if (held.size() == UNUSED) {
            String certain = held.remove(); // the client sent frames over the connection that came with it
            all.revoke(held.remove());
            held.addFirst(certain);
        }
        String token = all.random();
        add(ResumeTokens.hash(token));
        return token;
    }

    /** @param hash of a token that was issued by another process */
    public void add(String hash) {
        held.add(hash);
        all.add(hash, session);
    }

    /** The client has the newest. @return whether there were others */
    boolean revokeOlder() {
        boolean changed = held.size() > 1;
        while (held.size() > 1) {
            all.revoke(held.remove());
        }
        return changed;
    }

    public void revokeAll() {
        held.forEach(all::revoke);
        held.clear();
    }

    SessionId sessionId() {
        return session;
    }

    /** The oldest first. */
    public List<String> hashes() {
        return List.copyOf(held);
    }
}
