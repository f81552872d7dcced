package dev.steno.session.recording;

import dev.steno.session.upstream.Upstream;

/** The audio of a recording on its way to the upstream. Belongs to the session's worker. */
final class AudioInput {
    private final RecordingJournal journal;
    private final Captions captions;
    private final Positions positions;
    private final Upstream upstream;
    private final Progress progress;

    AudioInput(RecordingJournal journal, Captions captions, Positions positions, Upstream upstream, Progress progress) {
        this.journal = journal;
        this.captions = captions;
        this.positions = positions;
        this.upstream = upstream;
        this.progress = progress;
    }

    /** Comes after the journal was begun. */
    void append(byte[] pcm, long now) {
        progress.onAudio(pcm.length, now);
        journal.audio(positions.received(), pcm);
        upstream.append(pcm);
        reportProgressWhenDue(now);
    }

    void reportProgressWhenDue(long now) {
        if (progress.due(now)) {
            if (journal.hasBegun() && progress.silenceDue()) {
                captions.settled(positions.settled());
            }
            progress.report(now);
        }
    }

    /** What lies between the audio that was accepted and this position does not exist any more. */
    void skipTo(long position) {
        if (journal.hasBegun()) {
            upstream.pause(); // a word must not be put together from both sides of the gap
            positions.skipTo(position);
            captions.whenShown(() -> captions.settled(positions.settled()));
        } else {
            positions.beginAt(position);
        }
    }
}
