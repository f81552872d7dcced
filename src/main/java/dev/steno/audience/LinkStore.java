package dev.steno.audience;

import dev.steno.transcript.SessionId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Remembers links beyond the life of this process: in a folder on a single node, where all nodes find them in a
 * cluster. Thread-safe; only {@link #load} may block.
 */
public interface LinkStore {
    /** Remembers nothing. */
    LinkStore NONE = new LinkStore() {};

    /**
     * A link as it is remembered.
     *
     * @param session whose recording it showed last
     * @param changedAt milliseconds since the epoch, by this node's clock
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

    /** What earlier processes remembered, if this node alone remembers it. */
    default List<Entry> load() {
        return List.of();
    }

    default void save(Entry entry) {}

    default void delete(String token) {}

    /** A link that any node made. Fails while the nodes cannot reach each other. */
    default CompletionStage<Optional<Entry>> find(String token) {
        return CompletableFuture.completedStage(Optional.empty());
    }

    /** Links that show a recording, whichever node made them. Fails as {@link #find}. */
    default CompletionStage<List<Entry>> showing(SessionId session) {
        return CompletableFuture.completedStage(List.of());
    }
}
