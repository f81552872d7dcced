package dev.steno.session.upstream;

import dev.steno.recognition.RecognitionFailure;
import java.time.Duration;
import java.util.Optional;

/** Whether another stream is tried after one broke, and how long after. Belongs to the session's worker. */
final class ReconnectPolicy {
    /** A stream that worked for so long was healthy: a break of it starts a new series of tries. */
    private static final Duration HEALTHY = Duration.ofSeconds(10);

    /** While no stream ever worked, somebody waits before the first word: better an error soon than many tries. */
    private static final int FIRST_TRIES = 3;

    private final Backoff backoff;
    private boolean worked;
    private int firstFailures;

    ReconnectPolicy(Backoff backoff) {
        this.backoff = backoff;
    }

    /** The engine gave a result. */
    void onResult() {
        worked = true;
    }

    /** Whether the engine ever worked for this recording. */
    boolean worked() {
        return worked;
    }

    /**
     * @param age of the stream that broke; zero if none could be opened
     * @return how long to wait before the next try; empty if there is to be none
     */
    Optional<Duration> onBroken(RecognitionFailure failure, Duration age) {
        if (age.compareTo(HEALTHY) >= 0) {
            worked = true;
            backoff.reset();
        }
        boolean another = failure.retryable() && backoff.another() && (worked || ++firstFailures < FIRST_TRIES);
        return another ? Optional.of(backoff.next()) : Optional.empty();
    }
}
