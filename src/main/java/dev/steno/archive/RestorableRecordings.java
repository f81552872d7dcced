package dev.steno.archive;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Recordings that lost their process and whose clients may still return: a recording belongs to no process.
 * Thread-safe; no method blocks.
 */
public interface RestorableRecordings {
    /** For a node that starts with nothing. */
    RestorableRecordings NONE = (tokenHash, identity) -> CompletableFuture.completedFuture(Optional.empty());

    /** Whether other nodes go on with the recordings of this one. */
    default boolean shared() {
        return false;
    }

    /**
     * Takes a recording over: of several that ask, one gets it, and it is nobody else's from then on.
     *
     * @param tokenHash of the resume token that the client showed, as the journal has it
     * @param identity of the caller: a recording of another one is not taken, and stays for its owner
     * @return empty if there is none. Never fails
     */
    CompletionStage<Optional<RestorableRecording>> take(String tokenHash, String identity);
}
