package dev.steno.session.attachment;

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
public final class ClientConnection implements SessionConnection {
    /**
     * 500 messages a second, in the long run. A chunk may be of any size, and an AudioWorklet that sends each block of
     * 128 samples at 48 kHz makes 375 of them; what goes beyond costs time without bringing more audio.
     */
    private static final long NANOS_PER_MESSAGE = 2_000_000;

    /** At once: what a client kept while it was away, 45 s in chunks of 10 ms, and some. */
    private static final int MESSAGES_AHEAD = 5_000;

    private final ClientChannel channel;
    private final TimeSource time;

    /** Null while the recording of a process that is gone is looked for: what comes meanwhile is dropped. */
    private volatile Attachment attachment;

    private volatile boolean gone;

    /** Moment of the last sign of life, as {@link TimeSource#nanoTime}. */
    private volatile long heardAt;

    private final LeakyBucket messages;
    private long messagesAhead;
    private boolean framesCame;
    private int badMessages;

    public ClientConnection(ClientChannel channel, TimeSource time) {
        this.channel = channel;
        this.time = time;
        long now = time.nanoTime();
        this.heardAt = now;
        this.messages = new LeakyBucket(NANOS_PER_MESSAGE, now);
    }

    /** Comes before the session hears of the connection. */
    void bind(Attachment found) {
        attachment = found;
    }

    @Override
    public SessionId sessionId() {
        Attachment found = attachment;
        return found == null ? null : found.sessionId();
    }

    @Override
    public void start(Map<String, String> options) {
        offer(client -> client.onStart(options));
    }

    @Override
    public void audio(byte[] pcm) {
        offer(client -> client.onAudio(pcm));
    }

    @Override
    public void askWaiting(LongConsumer answer) {
        offer(client -> client.onAskWaiting(answer));
    }

    @Override
    public void pause() {
        offer(ClientRequests::onPause);
    }

    @Override
    public void stop() {
        Attachment found = attachment;
        if (found != null) {
            found.submit(this, ClientRequests::onStop);
        }
    }

    @Override
    public void share(Optional<String> room) {
        offer(client -> client.onShare(room));
    }

    @Override
    public void unshare() {
        offer(ClientRequests::onUnshare);
    }

    @Override
    public void refuse(ErrorCode code, String message) {
        offer(client -> {
            badMessages += code == ErrorCode.BAD_MESSAGE ? 1 : 0;
            client.onMistake(code, message, badMessages);
        });
    }

    @Override
    public void alive() {
        heardAt = time.nanoTime();
    }

    @Override
    public void closed() {
        end(ClientRequests::onClosed);
    }

    @Override
    public void lost() {
        end(ClientRequests::onLost);
    }

    private void offer(Consumer<ClientRequests> request) {
        Attachment found = attachment;
        if (found != null) {
            found.offer(this, request);
        }
    }

    private void end(Consumer<ClientRequests> end) {
        gone = true;
        Attachment found = attachment;
        if (found != null) {
            found.submitEnd(this, end);
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
