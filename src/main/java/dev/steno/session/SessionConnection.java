package dev.steno.session;

import dev.steno.quota.LeakyBucket;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.SessionId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

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

    private final ClientChannel channel;
    private final TimeSource time;

    /** Null while the recording of a process that is gone is looked for: what comes meanwhile is dropped. */
    private volatile TranscriptionSession session;

    private volatile boolean gone;

    /** Moment of the last sign of life, as {@link TimeSource#nanoTime}. */
    private volatile long heardAt;

    private final LeakyBucket messages;
    private long messagesAhead;
    private boolean framesCame;

    SessionConnection(ClientChannel channel, TimeSource time) {
        this.channel = channel;
        this.time = time;
        long now = time.nanoTime();
        this.heardAt = now;
        this.messages = new LeakyBucket(NANOS_PER_MESSAGE, now);
    }

    /** Comes before the session hears of the connection. */
    SessionConnection bind(TranscriptionSession found) {
        session = found;
        return this;
    }

    /** Null while the session is looked for. */
    public SessionId sessionId() {
        TranscriptionSession found = session;
        return found == null ? null : found.id();
    }

    /**
     * Begins a recording with options; optional, before the first audio.
     *
     * @param options by name; what is not named is as configured
     */
    public void start(Map<String, String> options) {
        offer(found -> found.onStart(options));
    }

    /** @param pcm one chunk in the format of {@link AudioFormat}; the session keeps the array */
    public void audio(byte[] pcm) {
        offer(found -> found.onAudio(pcm));
    }

    /**
     * Asks how much of the audio that was sent so far the engine has not taken.
     *
     * @param answer hears the bytes, on the session's worker; never if the session is over
     */
    public void askWaiting(LongConsumer answer) {
        offer(found -> found.onAskWaiting(answer));
    }

    /** Settles the current partial and ends the upstream stream; the next audio goes on. */
    public void pause() {
        offer(TranscriptionSession::onPause);
    }

    /** Ends the recording properly; twice is the same as once. */
    public void stop() {
        TranscriptionSession found = session;
        if (found != null) {
            found.submit(this, found::onStop);
        }
    }

    /**
     * Asks for a link by which others can read along; see {@link Sharing#share}.
     *
     * @param room names a link that stays the same over recordings
     */
    public void share(Optional<String> room) {
        offer(found -> found.onShare(room));
    }

    /** Ends the links of this session. */
    public void unshare() {
        offer(TranscriptionSession::onUnshare);
    }

    /** The client sent something that cannot be used; after too many of these the recording ends. */
    public void refuse(ErrorCode code, String message) {
        offer(found -> found.onMistake(code, message));
    }

    /** The client answered a ping. */
    public void alive() {
        heardAt = time.nanoTime();
    }

    /** The client closed the connection as it should, which ends the recording as {@link #stop} does. */
    public void closed() {
        end(TranscriptionSession::onClosed);
    }

    /** The connection is gone in any other way: the recording is kept for a while, so that the client can resume it. */
    public void lost() {
        end(TranscriptionSession::onLost);
    }

    private void offer(Consumer<TranscriptionSession> task) {
        TranscriptionSession found = session;
        if (found != null) {
            found.offer(this, () -> task.accept(found));
        }
    }

    private void end(Consumer<TranscriptionSession> task) {
        gone = true;
        TranscriptionSession found = session;
        if (found != null) {
            found.submitEnd(this, () -> task.accept(found));
        }
    }

    /** Whether it ended, perhaps before the session heard of it. */
    boolean gone() {
        return gone;
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
