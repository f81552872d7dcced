package dev.steno.session;

import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.SessionId;
import java.util.Map;

/**
 * One connection of a client to its session. What comes over it counts until a newer connection resumes the session, and is
 * dropped from then on. The public methods may be called by any thread and return at once; what they ask for happens on
 * the session's worker, in the order of the calls.
 */
public final class SessionConnection {
    private final TranscriptionSession session;
    private final ClientChannel channel;

    /** Moment of the last sign of life, as {@link TimeSource#nanoTime}. */
    private volatile long heardAt;

    private boolean framesCame;

    SessionConnection(TranscriptionSession session, ClientChannel channel, long now) {
        this.session = session;
        this.channel = channel;
        this.heardAt = now;
    }

    public SessionId sessionId() {
        return session.id();
    }

    /**
     * Begins a recording with options; optional, before the first audio.
     *
     * @param options by name; what is not named is as configured
     */
    public void start(Map<String, String> options) {
        session.offer(this, () -> session.onStart(options));
    }

    /** @param pcm one chunk in the format of {@link AudioFormat}; the session keeps the array */
    public void audio(byte[] pcm) {
        session.offer(this, () -> session.onAudio(pcm));
    }

    /** Settles the current partial and ends the upstream stream; the next audio goes on. */
    public void pause() {
        session.offer(this, session::onPause);
    }

    /** Ends the recording properly; twice is the same as once. */
    public void stop() {
        session.submit(this, session::onStop);
    }

    /** The client sent something that cannot be used; after too many of these the recording ends. */
    public void refuse(ErrorCode code, String message) {
        session.offer(this, () -> session.onMistake(code, message));
    }

    /** The client answered a ping. */
    public void alive() {
        heardAt = session.now();
    }

    /** The client closed the connection as it should, which ends the recording as {@link #stop} does. */
    public void closed() {
        session.submit(this, session::onClosed);
    }

    /** The connection is gone in any other way: the recording is kept for a while, so that the client can resume it. */
    public void lost() {
        session.submit(this, session::onLost);
    }

    ClientChannel channel() {
        return channel;
    }

    long heardAt() {
        return heardAt;
    }

    /** On the worker. @return whether this is the first frame */
    boolean onFrame(long now) {
        heardAt = now;
        boolean first = !framesCame;
        framesCame = true;
        return first;
    }
}
