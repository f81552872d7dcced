package dev.steno.archive;

import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Journals that other nodes find, so that a recording belongs to no node. Thread-safe; no method blocks or fails. */
public interface SharedJournals {
    /** For a single node. */
    SharedJournals NONE = new SharedJournals() {
        @Override
        public boolean shared() {
            return false;
        }

        @Override
        public SharedJournal open(SessionId recording, String identity) {
            return SharedJournal.NONE;
        }

        @Override
        public CompletionStage<Optional<TakenJournal>> take(String tokenHash, String identity) {
            return CompletableFuture.completedStage(Optional.empty());
        }

        @Override
        public CompletionStage<List<TakenJournal>> takeOrphans(Duration silence) {
            return CompletableFuture.completedStage(List.of());
        }

        @Override
        public CompletionStage<Boolean> seesTo(SessionId recording, List<String> lines) {
            return CompletableFuture.completedStage(false);
        }
    };

    /** Whether there are other nodes at all. */
    boolean shared();

    /** @param identity of the caller; only the same one may take the recording over */
    SharedJournal open(SessionId recording, String identity);

    /**
     * Makes this node the owner of the recording that a token opens, and takes it from another. Empty if there is none.
     */
    CompletionStage<Optional<TakenJournal>> take(String tokenHash, String identity);

    /**
     * Makes this node the owner of recordings whose node has been silent for so long. Of several nodes one gets each.
     */
    CompletionStage<List<TakenJournal>> takeOrphans(Duration silence);

    /**
     * Whether some node will see to a recording whose journal lies on this node's disk since an earlier run: its owner,
     * the one that its client resumes at, or the one that archives it. Gives the store the lines that it lacks.
     *
     * @param lines all of that journal
     * @return false if the store knows nothing of it, or is away
     */
    CompletionStage<Boolean> seesTo(SessionId recording, List<String> lines);

    /**
     * A journal that belongs to this node from now on.
     *
     * @param lines all that it holds, in order
     */
    record TakenJournal(SessionId recording, List<String> lines, SharedJournal journal) {
        public TakenJournal {
            lines = List.copyOf(lines);
        }
    }
}
