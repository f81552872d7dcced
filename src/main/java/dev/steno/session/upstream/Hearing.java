package dev.steno.session.upstream;

import dev.steno.recognition.RecognitionResult;
import java.util.Optional;

/**
 * What the engine heard: takes its results, and counts them as progress where they go further. Belongs to the session's
 * worker.
 */
final class Hearing {
    private final AudioWindow window;
    private final EngineTries tries;
    private final Upstream.Owner owner;
    private boolean worked;

    Hearing(AudioWindow window, EngineTries tries, Upstream.Owner owner) {
        this.window = window;
        this.tries = tries;
        this.owner = owner;
    }

    /** Whether the engine ever worked for this recording. */
    boolean worked() {
        return worked;
    }

    void take(PositionedStream stream, RecognitionResult told, boolean isFinal) {
        Optional<RecognitionResult> fresh = stream.toClient(told, window.sent());
        fresh.ifPresent(result -> {
            boolean further = window.hear(result.end());
            if (isFinal) {
                further |= window.settle(result.end());
                owner.onFinal(result);
            } else {
                owner.onPartial(result);
            }
            if (further) {
                progress();
            }
        });
    }

    void takeNoWords(double until) {
        if (window.settle(until)) {
            progress();
        }
        owner.onNoWords();
    }

    /** The recording goes on from another process, in which an engine worked. */
    void restored() {
        worked = true;
        tries.restored();
    }

    void progress() {
        worked = true;
        tries.onProgress();
    }
}
