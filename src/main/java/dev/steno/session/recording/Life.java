package dev.steno.session.recording;

import dev.steno.session.CloseCode;

/** Where a recording is in its life, which goes one way. Belongs to the session's worker. */
final class Life {
    /** What a recording is doing, with what it needs for that alone. */
    sealed interface Phase permits Open, HandingOver, HandedOver, Stopping, Ended {}

    /** It takes audio. */
    record Open() implements Phase {}

    /**
     * No more audio is taken; what becomes final is brought to the journal, for the process that goes on.
     *
     * @param until as nanoTime: then it is handed over as it is
     */
    record HandingOver(long until) implements Phase {}

    /** The upstream is over; the journal is awaited. */
    record HandedOver() implements Phase {}

    /**
     * No more audio is taken; the last words and the archive are awaited.
     *
     * @param failed whether the engine failed
     */
    record Stopping(CloseCode code, String reason, boolean failed) implements Phase {}

    /** @param elsewhere whether the recording goes on in another process */
    record Ended(boolean elsewhere) implements Phase {}

    private Phase phase = new Open();

    Phase phase() {
        return phase;
    }

    void become(Phase next) {
        phase = next;
    }

    boolean isOpen() {
        return phase instanceof Open;
    }

    boolean isHandingOver() {
        return phase instanceof HandingOver || phase instanceof HandedOver;
    }

    boolean hasEnded() {
        return phase instanceof Ended;
    }
}
