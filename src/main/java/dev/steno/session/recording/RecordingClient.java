package dev.steno.session.recording;

import dev.steno.session.CloseCode;
import dev.steno.session.SessionEvent;
import java.util.List;

/** The client of a recording, which may be away. Called on the session's worker. */
public interface RecordingClient {
    boolean attached();

    /** Tells the client, now or when it comes back. */
    void send(SessionEvent event);

    /** Tells the client if it is there; later it would mean nothing. */
    void tell(SessionEvent event);

    /** Hashes of the tokens with which it may resume. */
    List<String> tokenHashes();

    /** The recording has ended; called once. */
    void onEnded(CloseCode code, String reason);
}
