package dev.steno.session;

import dev.steno.quota.LeakyBucket;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.SessionId;
import java.util.Map;
import java.util.Optional;

/**
 * One connection of a client to its session. What comes over it counts until a newer connection resumes the session, and is
 * dropped from then on. The public methods may be called by any thread and return at once; what they ask for happens on
 * the session's worker, in the order of the calls.
 */
public final class SessionConnection {
    /**
     * 500 messages a second, in the long run. A chunk may be of any size, and an AudioWorklet that sends each block of 128
     * samples at 48 kHz makes 375 of them; what goes beyond costs time without bringing more audio.
     */
    private static final long NANOS_PER_MESSAGE = 2_000_000;

    /** At once: what a client kept while it was away, 45 s in chunks of 10 ms, and some. */
    private static final int MESSAGES_AHEAD = 5_000;

    private final TranscriptionSession session;
    private final ClientChannel channel;

    /** Moment of the last sign of life, as {@link TimeSource#nanoTime}. */
    private volatile long heardAt;

    private final LeakyBucket messages;
    private long messagesAhead;
    private boolean framesCame;

    SessionConnection(TranscriptionSession session, ClientChannel channel, long now) {
        this.session = session;
        this.channel = channel;
        this.heardAt = now;
        this.messages = new LeakyBucket(NANOS_PER_MESSAGE, now);
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

    /**
     * Asks for a link by which others can read along; see {@link Sharing#share}.
     *
     * @param room names a link that stays the same over recordings
     */
    public void share(Optional<String> room) {
        session.offer(this, () -> session.onShare(room));
    }

    /** Ends the links of this session. */
    public void unshare() {
        session.offer(this, session::onUnshare);
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
        session.submitEnd(this, session::onClosed);
    }

    /** The connection is gone in any other way: the recording is kept for a while, so that the client can resume it. */
    public void lost() {
        session.submitEnd(this, session::onLost);
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
        messagesAhead = messages.add(1, now);
        boolean first = !framesCame;
        framesCame = true;
        return first;
    }

    /** On the worker. Whether messages come faster than anybody speaks, whatever is in them. */
    boolean floods() {
        return messagesAhead > MESSAGES_AHEAD;
    }
}
