package dev.steno.audience;

import dev.steno.transcript.SessionId;
import java.util.List;
import java.util.Optional;

/**
 * Remembers links beyond the life of this process. The default keeps them in a folder; a cluster would keep them where all nodes find
 * them. Thread-safe; only {@link #load} may block.
 */
interface LinkStore {
    /** Remembers nothing. */
    LinkStore NONE = new LinkStore() {};

    /**
     * A link as it is remembered.
     *
     * @param session whose recording it showed last
     * @param changedAt milliseconds since the epoch
     * @param key of the stored transcript, once there is one
     */
    record Entry(String token, boolean room, SessionId session, State state, long changedAt, Optional<String> key) {
        @Override
        public String toString() {
            return "Entry[" + state + "]"; // the token must not reach a log
        }
    }

    /** What has become of a link. */
    enum State {
        /** Its recording runs, or did when the process ended. */
        OPEN,
        /** Its recording is over; it lives on for a while. */
        ENDED,
        DEAD
    }

    /** What earlier processes remembered. */
    default List<Entry> load() {
        return List.of();
    }

    default void save(Entry entry) {}

    default void delete(String token) {}
}
