package dev.steno.recognition;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Places for streams that several nodes share, because the account of the engine's service allows so many in all. An
 * engine also counts the streams of its own node. Thread-safe; no method blocks.
 */
public interface StreamPlaces {
    /** For a single node, which shares with nobody. */
    StreamPlaces UNSHARED = limit -> CompletableFuture.completedStage(Optional.of(() -> {}));

    /**
     * @param limit how many streams all nodes may have at once
     * @return completes with a place, or empty if all are taken; never with a failure: while the nodes cannot ask each
     *     other, each has its share of the limit
     */
    CompletionStage<Optional<Place>> acquire(int limit);

    /** Taken until it is released, or until this process is gone for half a minute. */
    @FunctionalInterface
    interface Place {
        /** Twice is the same as once. */
        void release();

        /**
         * Whether audio may be sent. False for a moment after this process stood still: until it has asked the others,
         * the recording may be theirs.
         */
        default boolean isSure() {
            return true;
        }

        /** @param act called at most once, if the others may count the place as free: the stream must end */
        default void onLost(Runnable act) {}
    }
}
