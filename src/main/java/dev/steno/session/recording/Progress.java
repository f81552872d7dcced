package dev.steno.session.recording;

import dev.steno.session.SessionEvent;
import dev.steno.transcript.AudioFormat;

/**
 * Tells the client how much of its audio was accepted, and how much it need not keep. Belongs to the session's worker.
 */
final class Progress {
    /** The journal is told of silence in steps of 5 s: a client keeps much more audio. */
    private static final int SETTLED_STEP = 5 * AudioFormat.BYTES_PER_SECOND;

    private final Life life;
    private final Positions positions;
    private final RecordingClock clock;
    private final RecordingWatch watch;
    private final RecordingOutput output;
    /** The journal remembers that everything before this position is settled. */
    private long settledBytes;

    Progress(Life life, Positions positions, RecordingClock clock, RecordingWatch watch, RecordingOutput output) {
        this.life = life;
        this.positions = positions;
        this.clock = clock;
        this.watch = watch;
        this.output = output;
    }

    /** A restored recording goes on here. */
    void restore(long position) {
        settledBytes = position;
    }

    /** The journal remembers it. */
    void onSettled(long position) {
        settledBytes = Math.max(settledBytes, position);
        if (!life.hasEnded()) {
            report(clock.now());
        }
    }

    void onAudio(int bytes, long now) {
        clock.onFrame(now);
        watch.onAudio(positions.received(), bytes, now);
    }

    /** Once a second, if there is anything new to report. */
    boolean due(long now) {
        return clock.progressDue(now, event());
    }

    /** Whether much is settled that no final covers, and of which the journal does not know. */
    boolean silenceDue() {
        return positions.settled() - settledBytes >= SETTLED_STEP;
    }

    void reportIfNew() {
        if (clock.progressIsNew(event())) {
            report(clock.now());
        }
    }

    void report(long now) {
        watch.count(positions.heard());
        clock.onProgress(now, event());
        output.send(event());
    }

    private SessionEvent.Progress event() {
        return new SessionEvent.Progress(positions.received(), settledBytes);
    }
}
