package dev.steno.archive;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The journal of one recording where other nodes find it. It belongs to one node at a time; what a former owner writes
 * is refused. Thread-safe; no method blocks.
 */
public interface SharedJournal {
    /** For a single node. */
    SharedJournal NONE = new SharedJournal() {
        @Override
        public CompletionStage<Void> append(List<String> lines) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void tokens(List<String> hashes) {}

        @Override
        public void end() {}

        @Override
        public void release() {}

        @Override
        public void attach(Owner owner) {}
    };

    /** Who writes the journal here. */
    interface Owner {
        /** Every line that was given so far, in order, from this node's disk; blocks. For a store that lacks some. */
        List<String> lines() throws IOException;

        /** Another node owns the recording now. Once, on any thread. */
        void onPassed();

        /** @param shared false while the store is away, so that only this node has what is said. On any thread */
        void onDurability(boolean shared);
    }

    /** Comes before all else. */
    void attach(Owner owner);

    /**
     * Adds lines that are on this node's disk already.
     *
     * @return completes when the store has them, or when it is known that the store is away: then they follow once it
     *     is back. Fails with {@link PassedException} if another node owns the recording
     */
    CompletionStage<Void> append(List<String> lines);

    /** The resume tokens that open the recording from now on, hashed; the ones before do not. */
    void tokens(List<String> hashes);

    /** The recording is archived, or held nothing: no node takes it over any more. */
    void end();

    /** This node lets the recording go on elsewhere: nothing more is written here. */
    void release();
}
