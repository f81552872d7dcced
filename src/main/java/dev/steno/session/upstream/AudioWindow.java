package dev.steno.session.upstream;

import dev.steno.transcript.AudioFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/**
 * The audio of one recording between what is settled and what was received, and the only class that knows these
 * positions. A position is the number of bytes before it in the client's audio: {@code settled <= sent <= received}.
 * Everything before {@code settled} is final, was told as lost, or held no words. Belongs to the session's worker.
 */
final class AudioWindow {
    /** Before the silence that is settled: a soft beginning of a word may not be audible yet. */
    private static final int SILENCE_MARGIN = 2 * AudioFormat.BYTES_PER_SECOND;

    private final AudioBuffer buffer;
    private final Losses losses;
    private final SilentAudio silence = new SilentAudio();
    private long sent;
    private long settled;
    private double settledSeconds;
    private double heardSeconds;
    private OptionalLong end = OptionalLong.empty();

    /**
     * @param limit bytes kept at most
     * @param start position of the first byte that will come
     */
    AudioWindow(int limit, ReplayBudget budget, long start, long now) {
        buffer = new AudioBuffer(limit, budget, start);
        losses = new Losses(now);
        sent = start;
        settled = start;
        settledSeconds = AudioFormat.seconds(start);
        heardSeconds = settledSeconds;
    }

    long received() {
        return buffer.end();
    }

    long sent() {
        return sent;
    }

    long settled() {
        return settled;
    }

    /** As the engine said it, in seconds of the client's audio: up to half a sample beside {@link #settled}. */
    double settledSeconds() {
        return settledSeconds;
    }

    boolean allSentIsSettled() {
        return settled >= sent;
    }

    boolean hasUnsent() {
        return sent < buffer.end();
    }

    /**
     * Takes all of {@code audio}. If there is no room, the oldest audio gives way.
     *
     * @param reason why audio is lost that gave way before it was sent
     * @return whether that happened, so that the next byte sent does not follow the last one
     */
    boolean append(byte[] audio, LossReason reason) {
        buffer.append(audio);
        if (sent >= buffer.start()) {
            return false;
        }
        lose(sent, buffer.start(), reason);
        sent = buffer.start();
        return true;
    }

    /** The stream in use is to be ended after what was received so far. */
    void markEnd() {
        end = OptionalLong.of(buffer.end());
    }

    /** The stream need not be ended. */
    void unmarkEnd() {
        end = OptionalLong.empty();
    }

    /** The stream need not be ended any more if more audio came since. */
    void unmarkEndIfPassed() {
        if (end.isPresent() && end.getAsLong() < buffer.end()) {
            end = OptionalLong.empty();
        }
    }

    boolean endMarked() {
        return end.isPresent();
    }

    boolean endReached() {
        return end.isPresent() && sent >= end.getAsLong();
    }

    /** Audio to be sent next, as far as it lies together in memory; empty if there is none. */
    ByteBuffer next() {
        ByteBuffer part = buffer.read(sent);
        if (end.isPresent()) {
            part.limit(part.position() + (int) Math.min(part.remaining(), Math.max(0, end.getAsLong() - sent)));
        }
        return part;
    }

    void sent(int bytes) {
        sent += bytes;
    }

    /** A new stream begins after what is settled. What is not kept any more and was not settled is lost. */
    void rewind() {
        lose(settled, buffer.start(), LossReason.ENGINE_AWAY);
        sent = settled;
    }

    /** @return whether a result reached further than all before */
    boolean hear(double seconds) {
        boolean further = seconds > heardSeconds;
        heardSeconds = Math.max(heardSeconds, seconds);
        return further;
    }

    /** Everything before a moment is final or held no words. @return whether that is further than before */
    boolean settle(double seconds) {
        double within = Math.min(seconds, AudioFormat.seconds(sent));
        return settle(within, Math.min(AudioFormat.bytes(within), sent));
    }

    /** All that was sent is recognised. */
    void settleSent() {
        settle(Math.max(settledSeconds, AudioFormat.seconds(sent)), sent);
        if (endReached()) {
            end = OptionalLong.empty();
        }
    }

    /** Audio that was sent and is silent needs no final. @return whether more is settled than before */
    boolean settleSilence() {
        long quiet = silence.until(buffer, settled, sent) - SILENCE_MARGIN;
        return quiet > settled && settle(AudioFormat.seconds(quiet), quiet);
    }

    private boolean settle(double seconds, long position) {
        boolean further = position > settled;
        settledSeconds = Math.max(settledSeconds, seconds);
        settled = losses.skip(Math.max(settled, position));
        if (settled > position) {
            settledSeconds = Math.max(settledSeconds, AudioFormat.seconds(settled));
        }
        losses.forget(settled);
        buffer.trim(settled);
        return further;
    }

    /** What was heard stays as it is; the rest that was received will not be recognised any more. */
    void loseRest() {
        long heard = Math.min(buffer.end(), AudioFormat.bytes(heardSeconds));
        settle(heardSeconds, heard);
        lose(settled, buffer.end(), LossReason.NOT_RECOGNISED);
    }

    private void lose(long from, long to, LossReason reason) {
        if (from < to) {
            losses.add(from, to, reason);
            settle(settledSeconds, settled);
        }
    }

    boolean lossesPending() {
        return losses.pending();
    }

    /** What is to be told of lost audio now. */
    List<Loss> lossesDue(long now) {
        return losses.due(now);
    }

    /** The same, without waiting for more of it. */
    List<Loss> restOfLosses(long now) {
        return losses.rest(now);
    }

    /** Gives back memory that is not needed while no audio comes. */
    void rest() {
        buffer.compact();
    }

    /** Gives all memory back. */
    void release() {
        buffer.release();
    }
}
