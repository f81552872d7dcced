package dev.steno.session.upstream;

/** A stretch of audio that was lost, from one position in the client's audio to another, in bytes. */
record Loss(long start, long end, LossReason reason) {
    /** Whether the other one goes on where this one ends, for the same reason. */
    boolean continuedBy(Loss other) {
        return other.start == end && other.reason == reason;
    }

    Loss with(Loss next) {
        return new Loss(start, next.end, reason);
    }
}
