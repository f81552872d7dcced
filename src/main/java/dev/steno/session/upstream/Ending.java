package dev.steno.session.upstream;

/**
 * How the audio of one recording comes to its end, and by when. Moments are nanoTime. Belongs to the session's worker.
 */
final class Ending {
    private final Deadline deadline = new Deadline();
    private boolean begun;
    private boolean limited;
    private boolean handingOver;

    /** No more audio comes. */
    void begin(long notAfter) {
        begun = true;
        deadline.notAfter(notAfter);
    }

    /** The recording goes on elsewhere: what is not settled in the end is neither final nor lost. */
    void handOver() {
        handingOver = true;
    }

    /** The server goes down. */
    void limit(long notAfter) {
        limited = true;
        deadline.notAfter(notAfter);
    }

    boolean begun() {
        return begun;
    }

    boolean overdue(long now) {
        return begun && deadline.passed(now);
    }

    /** Whether the server, and not the engine, is the reason if it takes too long. */
    boolean limited() {
        return limited;
    }

    boolean handingOver() {
        return handingOver;
    }
}
