package dev.steno.session;

/**
 * The way back to a client. No method blocks or throws; after {@link #close}, or once the client is gone, nothing is
 * sent. Events arrive in the order in which they were given, except that a partial which a newer event made obsolete
 * may be left out when the client reads slowly.
 */
public interface ClientChannel {
    void send(SessionEvent event);

    /** The absolute address of Steno's root as the client reached it, without a slash at its end; empty if unknown. */
    default String base() {
        return "";
    }

    /** Whether the client can come back over another connection; if not, the end of this one ends the recording. */
    default boolean canResume() {
        return true;
    }

    /** Sends what is queued, then closes the connection. Only the first close counts. */
    void close(CloseCode code, String reason);

    /** Lets intermediaries and the server see that the connection lives. */
    void keepAlive();

    /**
     * Whether so much is queued that finals had better wait where they are until {@link #onRoom} says that there is
     * room.
     */
    default boolean congested() {
        return false;
    }

    /**
     * @param task told once each time when the connection, after it was {@link #congested}, has room again; by any
     *     thread
     */
    default void onRoom(Runnable task) {}

    /** Closes the connection if the client has taken nothing for too long; to be called every now and then. */
    void giveUpIfStuck();
}
