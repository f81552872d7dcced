package dev.steno.quota;

import dev.steno.caller.Caller;
import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What callers use of several nodes together. Thread-safe; no method blocks. */
public interface SharedUsage {
    /** For a single node, which shares with nobody. */
    SharedUsage UNSHARED = new SharedUsage() {
        @Override
        public CompletionStage<Answer> begin(Caller caller, SessionId recording, int recordings, int startsPerMinute) {
            return CompletableFuture.completedStage(new Answer.Granted());
        }

        @Override
        public void resume(Caller caller, SessionId recording) {}

        @Override
        public void end(Caller caller, SessionId recording) {}

        @Override
        public CompletionStage<Long> addAudio(LocalDate day, long bytes) {
            return CompletableFuture.completedStage(-1L);
        }
    };

    /**
     * A recording begins.
     *
     * @param recordings how many the caller may have at once
     * @param startsPerMinute how many the caller may begin in a minute
     * @return never completes with a failure
     */
    CompletionStage<Answer> begin(Caller caller, SessionId recording, int recordings, int startsPerMinute);

    /** A recording that began elsewhere goes on here, whatever the limits are. */
    void resume(Caller caller, SessionId recording);

    /** The recording counts no more. */
    void end(Caller caller, SessionId recording);

    /**
     * Audio went to the engine.
     *
     * @param day in UTC
     * @param bytes since the last call; may be 0
     * @return bytes of all nodes on that day; negative if that is not known now: then these count with the next call again
     */
    CompletionStage<Long> addAudio(LocalDate day, long bytes);

    /** Whether a recording may begin. */
    sealed interface Answer {
        record Granted() implements Answer {}

        /** @param recordings that the caller has already */
        record TooMany(long recordings) implements Answer {}

        /** @param retryAfter until the next start */
        record TooOften(Duration retryAfter) implements Answer {}

        /** The nodes cannot ask each other now: each has its share, {@code limit / nodes}. */
        record Alone(int nodes) implements Answer {}
    }
}
