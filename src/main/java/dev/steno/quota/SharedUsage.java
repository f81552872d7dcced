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
        public CompletionStage<Long> countAudio(LocalDate day, long bytes) {
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
     * Says what this process sent to the engine on a day: all of it, not what is new since the last call, so that a
     * call whose answer was lost may be repeated, and a store that lost its memory learns everything again.
     *
     * @param day in UTC
     * @param bytes of audio; 0 only asks
     * @return bytes of all nodes on that day, this one included; negative if that is not known now. Never fails
     */
    CompletionStage<Long> countAudio(LocalDate day, long bytes);

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
