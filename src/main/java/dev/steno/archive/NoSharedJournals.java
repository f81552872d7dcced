package dev.steno.archive;

import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Of a single node: nobody else has anything. */
class NoSharedJournals implements SharedJournals {
    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public SharedJournal open(SessionId recording, String identity) {
        return SharedJournal.NONE;
    }

    @Override
    public SharedJournal reopen(SessionId recording, String identity) {
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
    public CompletionStage<Whereabouts> whereabouts(SessionId recording, List<String> lines) {
        return CompletableFuture.completedStage(Whereabouts.NOWHERE);
    }
}
