package dev.steno.session.node;

import dev.steno.quota.LeakyBucket;
import dev.steno.session.ClientChannel;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionConnection;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.transcript.SessionId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** One connection, from a door to the session that it found. */
final class ClientConnection implements SessionConnection {
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

    ClientConnection(ClientChannel channel, TimeSource time) {
        this.channel = channel;
        this.time = time;
        long now = time.nanoTime();
        this.heardAt = now;
        this.messages = new LeakyBucket(NANOS_PER_MESSAGE, now);
    }

    /** Comes before the session hears of the connection. */
    ClientConnection bind(TranscriptionSession found) {
        session = found;
        return this;
    }

    @Override
    public SessionId sessionId() {
        TranscriptionSession found = session;
        return found == null ? null : found.id();
    }

    @Override
    public void start(Map<String, String> options) {
        offer(found -> found.onStart(options));
    }

    @Override
    public void audio(byte[] pcm) {
        offer(found -> found.onAudio(pcm));
    }

    @Override
    public void askWaiting(LongConsumer answer) {
        offer(found -> found.onAskWaiting(answer));
    }

    @Override
    public void pause() {
        offer(TranscriptionSession::onPause);
    }

    @Override
    public void stop() {
        TranscriptionSession found = session;
        if (found != null) {
            found.submit(this, found::onStop);
        }
    }

    @Override
    public void share(Optional<String> room) {
        offer(found -> found.onShare(room));
    }

    @Override
    public void unshare() {
        offer(TranscriptionSession::onUnshare);
    }

    @Override
    public void refuse(ErrorCode code, String message) {
        offer(found -> found.onMistake(code, message));
    }

    @Override
    public void alive() {
        heardAt = time.nanoTime();
    }

    @Override
    public void closed() {
        end(TranscriptionSession::onClosed);
    }

    @Override
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
