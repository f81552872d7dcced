package dev.steno.session.upstream;

import dev.steno.recognition.RecognitionFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Whether another stream is tried after one broke, and how long after. Tries are counted from the last progress: a
 * stream that lives long without taking its audio further did not work. Belongs to the session's worker.
 */
final class ReconnectPolicy {
    /** Before the first progress a person waits for the first word: an error soon is better than many tries. */
    private static final int FIRST_TRIES = 3;

    /** For a place among the account's streams: those of a node that died come back within 30 s. */
    private static final int PLACE_TRIES = 15;

    private static final long PLACE_PAUSE_MILLIS = 2_000;

    private final Backoff backoff;
    private boolean worked;
    private int failures;
    private int placesMissed;

    ReconnectPolicy(Backoff backoff) {
        this.backoff = backoff;
    }

    /** The engine took the audio further than any stream before. */
    void onProgress() {
        worked = true;
        failures = 0;
        placesMissed = 0;
        backoff.reset();
    }

    /** Whether the engine ever worked for this recording. */
    boolean worked() {
        return worked;
    }

    /** How many streams broke since the last progress. */
    int failures() {
        return failures;
    }

    /** @return how long to wait before the next try; empty if there is to be none */
    Optional<Duration> onBroken(RecognitionFailure failure) {
        failures++;
        if (worked && failure.retryable() && isFull(failure.kind())) {
            return ++placesMissed > PLACE_TRIES ? Optional.empty() : Optional.of(placePause());
        }
        boolean another = failure.retryable() && backoff.another() && (worked || failures < FIRST_TRIES);
        return another ? Optional.of(backoff.next()) : Optional.empty();
    }

    private static boolean isFull(RecognitionFailure.Kind kind) {
        return kind == RecognitionFailure.Kind.BUSY || kind == RecognitionFailure.Kind.LIMIT_EXCEEDED;
    }

    /** Spread, because all recordings of a node that died ask. */
    private static Duration placePause() {
        return Duration.ofMillis(
                PLACE_PAUSE_MILLIS + ThreadLocalRandom.current().nextLong(PLACE_PAUSE_MILLIS));
    }
}
