package dev.steno.session.upstream;

import dev.steno.recognition.EngineOrder;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionResult;
import dev.steno.session.mailbox.SessionWorker;
import java.time.Duration;

/**
 * The way of one recording's audio to the recogniser, and of its words back. Opens a stream when there is audio, ends
 * it at a pause, replaces it when it breaks and then sends again what is not settled. What it does at a time is its
 * {@link Phase}. Not thread-safe: every public method and every call to the owner happens on the session's worker.
 */
public final class Upstream {
    /** What the owner hears; times in results are seconds of the client's audio. */
    public interface Owner {
        void onPartial(RecognitionResult result);

        /** Comes after {@link Upstream#settledBytes} has passed the result. */
        void onFinal(RecognitionResult result);

        /** The engine takes the last partial back: it held no words. */
        void onNoWords();

        /**
         * No stream is open any more, and none is needed until audio comes: what is provisional now stays so for good.
         */
        void onSettled();

        void onState(UpstreamState state);

        /**
         * Audio was lost, from one moment to another. Each stretch is told once, merged, at most about once a second.
         */
        void onDropped(double start, double end, LossReason reason);

        /** After {@link #finish}: all that was accepted is recognised, or the server goes down and has no more time. */
        void onFinished();

        /**
         * Terminal: no further stream will be tried.
         *
         * @param worked whether the engine ever worked for this recording
         */
        void onFailed(RecognitionFailure failure, boolean worked);

        /**
         * A stream broke, or could not be opened.
         *
         * @param engine whose stream it was
         * @param retried whether another one takes its place; otherwise {@link #onFailed} follows
         */
        void onFault(String engine, RecognitionFailure failure, boolean retried);
    }

    private final Upstreams shared;
    private final AudioWindow window;
    private final Streams streams;
    private final Ending ending = new Ending();

    /** @param engines which its streams are opened with */
    Upstream(Upstreams shared, EngineOrder engines, SessionWorker worker, Owner owner) {
        this.shared = shared;
        window = new AudioWindow(shared.limits().replayBufferBytes(), shared.budget(), 0, now());
        EngineTries tries = new EngineTries(engines, shared.limits().retries());
        streams = new Streams(shared, tries, window, ending, new Answers(worker, owner));
    }

    /** How much of the client's audio was accepted: the position of the next byte. */
    public long receivedBytes() {
        return window.received();
    }

    /**
     * Everything before this position is final, was told as lost, or held no words. Never beyond {@link
     * #receivedBytes}.
     */
    public long settledBytes() {
        return window.settled();
    }

    /** Accepted audio that no stream has taken, or that must be sent again. */
    public long waitingBytes() {
        return window.received() - window.sent();
    }

    /** Opens a stream before the first audio, so that words come sooner and a failure is known at once. */
    public void open() {
        if (streams.phase() instanceof Idle) {
            streams.open();
        }
    }

    /**
     * The recording goes on from another process: a stream that cannot be opened is a reconnect, not a failed start.
     */
    public void restored() {
        streams.hearing().restored();
    }

    public void append(byte[] audio) {
        streams.append(audio);
    }

    /** Ends the stream after the audio accepted so far; the next audio opens another. */
    public void pause() {
        streams.phase().pause();
    }

    /**
     * Ends the stream because audio stopped coming in the middle of things and will go on: what is not final stays
     * provisional, and its audio is sent again with the next, so that no word is cut in two.
     */
    public void suspend() {
        streams.phase().suspend();
    }

    /**
     * No more audio comes. {@link Owner#onFinished} or {@link Owner#onFailed} follows: streams that break or do not
     * move are replaced until the tries are used up, and the engine is waited for while it makes progress.
     */
    public void finish() {
        ending.begin(now() + shared.limits().stopMax().toNanos());
        window.markEnd();
        streams.phase().finish();
    }

    /**
     * As {@link #finish}, for a recording that goes on elsewhere: what is not settled in the end is neither final nor
     * lost.
     */
    public void handOver() {
        ending.handOver();
        finish();
    }

    /** The server goes down: {@link #finish} has no more time than this. */
    public void limit(Duration most) {
        ending.limit(now() + most.toNanos());
    }

    /** Gives everything up; no call to the owner follows. */
    public void abort() {
        streams.abort();
    }

    /** Whether something waits for time to pass, or for a stream that fell behind. */
    public boolean ticksOften() {
        return streams.phase().ticksOften() || window.lossesPending();
    }

    /** Does what is due; called about ten times a second while {@link #ticksOften}, else about twice a second. */
    public void tick() {
        streams.tick();
    }

    private long now() {
        return shared.time().nanoTime();
    }
}
