package dev.steno.session.recording;

import dev.steno.recognition.RecognitionResult;
import dev.steno.session.upstream.Upstream;

/**
 * How far a recording came, in bytes of the client's audio, which differ from the upstream's by its {@link AudioGaps}.
 * Belongs to the session's worker.
 */
final class Positions {
    private final AudioGaps gaps = new AudioGaps(0);
    private Upstream upstream;

    /** Comes before all else. */
    void follow(Upstream followed) {
        upstream = followed;
    }

    /** Accepted, or skipped. */
    long received() {
        return gaps.position(upstream.receivedBytes());
    }

    /** Needed by no engine any more; the journal may not know yet. */
    long settled() {
        return gaps.position(upstream.settledBytes());
    }

    /** Came to this process. */
    long heard() {
        return upstream.receivedBytes();
    }

    /** Nothing was accepted yet: the audio begins here. */
    void beginAt(long position) {
        gaps.beginAt(position);
    }

    /** The next byte of audio is the one at this position, instead of the one at {@link #received}. */
    void skipTo(long position) {
        gaps.skip(upstream.receivedBytes(), position - received());
    }

    /** An upstream's result in seconds of the client's audio. */
    RecognitionResult toClient(RecognitionResult result) {
        return gaps.toClient(result);
    }

    /** Where something begins, given in seconds of the upstream's audio. */
    double start(double seconds) {
        return gaps.start(seconds);
    }

    double end(double seconds) {
        return gaps.end(seconds);
    }
}
