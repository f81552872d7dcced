package dev.steno.archive;

import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Journals that other nodes find, so that a recording belongs to no node. Thread-safe; no method blocks or fails. */
public interface SharedJournals {
    /** For a single node. */
    SharedJournals NONE = new NoSharedJournals();

    /** What the cluster knows of a recording whose journal lies on this node's disk since an earlier run. */
    enum Whereabouts {
        /** Some node sees to it: its owner, the one that its client resumes at, or the one that archives it. */
        ELSEWHERE,
        /** No node knows of it. */
        NOWHERE,
        /** The store does not answer, or has not for long, so that it may lack what nodes have yet to tell it. */
        NOT_KNOWN
    }

    /** Whether there are other nodes at all. */
    boolean shared();

    /** @param identity of the caller; only the same one may take the recording over */
    SharedJournal open(SessionId recording, String identity);

    /**
     * For a recording that goes on from this node's disk because the store does not know it, or is away: claimed as
     * soon as it answers. Passed if another node has gone on with it.
     */
    SharedJournal reopen(SessionId recording, String identity);

    /**
     * Makes this node the owner of the recording that a token opens, and takes it from another. Empty if there is none.
     */
    CompletionStage<Optional<TakenJournal>> take(String tokenHash, String identity);

    /**
     * Makes this node the owner of recordings whose node has been silent for so long. Of several nodes one gets each.
     */
    CompletionStage<List<TakenJournal>> takeOrphans(Duration silence);

    /**
     * Who sees to a recording whose journal lies on this node's disk since an earlier run. Gives the store the lines
     * that it lacks.
     *
     * @param lines all of that journal
     */
    CompletionStage<Whereabouts> whereabouts(SessionId recording, List<String> lines);

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
