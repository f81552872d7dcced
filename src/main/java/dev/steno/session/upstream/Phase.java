package dev.steno.session.upstream;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionResult;
import java.util.Optional;

/**
 * What an upstream is doing. Each phase has the state that it alone needs, answers what happens, and makes the upstream
 * become the next phase.
 */
sealed interface Phase permits Idle, Opening, Streaming, Finishing, Suspending, Waiting, Ended {
    /** The stream that is open, if one is. */
    default Optional<PositionedStream> stream() {
        return Optional.empty();
    }

    /** Why audio that gives way now is lost. */
    default LossReason lossReason() {
        return LossReason.ENGINE_AWAY;
    }

    /** Whether {@link #tick} is due about ten times a second, and not only twice. */
    default boolean ticksOften() {
        return false;
    }

    /** Audio came. */
    default void audio() {}

    /** The stream is to be ended after what came so far. */
    default void pause() {}

    /** Audio stopped coming in the middle of things. */
    default void suspend() {}

    /** No more audio comes; the window has its end marked. */
    default void finish() {}

    /** Time passed. */
    default void tick() {}

    /** The engine answered. */
    default void opened() {}

    /** The engine has a result. */
    default void result(RecognitionResult result, boolean isFinal) {}

    /** The engine has no words up to a moment, in seconds of the stream. */
    default void noWords(double until) {}

    /** The engine takes audio again. */
    default void room() {}

    /** The engine ended its stream as it was told to. */
    default void completed() {}

    /** The stream broke. */
    default void broken(RecognitionFailure failure) {}
}
