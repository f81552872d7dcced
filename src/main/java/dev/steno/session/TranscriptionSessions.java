package dev.steno.session;

import java.security.Principal;
import java.util.Optional;

/** All sessions of this node, as doors and observers see them. Thread-safe; no method but {@link #drain} blocks. */
public interface TranscriptionSessions {
    /**
     * A connection was made, and counts until {@link #leave}: comes before all else. The handshake of a caller with too
     * many connections is refused; those that came at the same moment are closed here.
     *
     * @param caller the principal of the connection. One that the handshake's filter did not make is refused: some
     *     address may reach a WebSocket past the filter
     * @return whether it may stay; else the client was told, and the channel closed
     */
    boolean enter(ClientChannel channel, Principal caller);

    /** A connection is gone. Twice is the same as once. */
    void leave(ClientChannel channel);

    /**
     * A client connected. Its session is over when the channel was closed.
     *
     * @param caller the principal of the connection; null if there is none
     */
    SessionConnection open(ClientChannel channel, Principal caller);

    /**
     * As {@link #open}, for audio that is all there. The door sends it as fast as the engine takes it: see {@link
     * SessionConnection#askWaiting}. {@code start} then takes {@link RecordingListener.Description#STORE} and {@link
     * RecordingListener.Description#NUMBER}, too.
     */
    SessionConnection openFile(ClientChannel channel, Principal caller);

    /**
     * A client came back to its recording, which may have ended in the meantime. If there is none for it, the client is
     * told and the channel closed.
     *
     * @param token the one that the client was given last
     * @param held how many finals it has
     * @param from the first byte of audio that it still has
     * @return empty if it is known at once that there is none
     */
    Optional<SessionConnection> resume(ClientChannel channel, Principal caller, String token, int held, long from);

    /**
     * The server goes down: ends all recordings, or hands them over, and waits for them for at most
     * {@code SESSION_DRAIN_TIMEOUT}. Idempotent.
     */
    void drain();

    /** What a client may want to know before it connects. */
    ServiceDescription description();
}
