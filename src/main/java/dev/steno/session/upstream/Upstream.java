package dev.steno.session.upstream;

import dev.steno.recognition.EngineOrder;
import dev.steno.recognition.RecognitionException;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.session.mailbox.SessionWorker;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.transcript.AudioFormat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The way of one recording's audio to the recogniser, and of its words back. Opens a stream when there is audio, ends it
 * at a pause, replaces it when it breaks and then sends again what is not settled. What it does at a time is its
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

        /** No stream is open any more, and none is needed until audio comes: what is provisional now stays so for good. */
        void onSettled();

        void onState(UpstreamState state);

        /** Audio was lost, from one moment to another. Each stretch is told once, merged, at most about once a second. */
        void onDropped(double start, double end, LossReason reason);

        /** After {@link #finish}: all that was accepted is recognised, or the server goes down and has no more time. */
        void onFinished();

        /** Terminal: no further stream will be tried. @param worked whether the engine ever worked for this recording */
        void onFailed(RecognitionFailure failure, boolean worked);

        /**
         * A stream broke, or could not be opened.
         *
         * @param retried whether another one takes its place; otherwise {@link #onFailed} follows
         */
        void onFault(RecognitionFailure.Kind kind, boolean retried);
    }

    private static final RecognitionFailure OUT_OF_TIME = new RecognitionFailure(
            RecognitionFailure.Kind.FAILED,
            true,
            "The engine did not return all words before the recording had to end.",
            "Ask the operator for a faster engine, or for more time: SESSION_STOP_MAX.");

    private final Upstreams shared;
    private final EngineOrder engines;
    private final SessionWorker worker;
    private final Owner owner;
    private final AudioWindow window;
    private final Deadline deadline = new Deadline();

    private Phase phase = new Idle(this);
    /** Whom the stream in use speaks through; what comes through another one is from the past. */
    private StreamEvents current = new StreamEvents(this);

    private ReconnectPolicy reconnects;
    private boolean worked;
    private int streams;
    private boolean stopping;
    private boolean limited;
    private boolean handingOver;

    Upstream(Upstreams shared, EngineOrder engines, SessionWorker worker, Owner owner, long start) {
        this.shared = shared;
        this.engines = engines;
        this.worker = worker;
        this.owner = owner;
        window = new AudioWindow(limits().replayBufferBytes(), shared.budget(), start, now());
        reconnects = newTries();
    }

    /** How much of the client's audio was accepted: the position of the next byte. */
    public long receivedBytes() {
        return window.received();
    }

    /** Everything before this position is final, was told as lost, or held no words. Never beyond {@link #receivedBytes}. */
    public long settledBytes() {
        return window.settled();
    }

    /** Accepted audio that no stream has taken, or that must be sent again. */
    public long waitingBytes() {
        return window.received() - window.sent();
    }

    /** Whether the engine ever worked for this recording. */
    public boolean worked() {
        return worked;
    }

    /** The engine in use, by name. */
    public String engine() {
        return engines.recognizer().engine();
    }

    /** The language of the streams, as the engine in use was asked for it; may be {@code auto}. */
    public String languageCode() {
        return engines.request().languageCode();
    }

    /** Opens a stream before the first audio, so that words come sooner and a failure is known at once. */
    public void open() {
        if (phase instanceof Idle) {
            openStream();
        }
    }

    public void append(byte[] audio) {
        if (window.append(audio, phase.lossReason())) {
            phase.stream().ifPresent(stream -> stream.jump(window.sent()));
        }
        phase.audio();
        tell(window.lossesDue(now()));
    }

    /**
     * The client goes on at a later position, because it does not have the audio before any more. Before the first
     * {@link #append} of a restored recording only.
     */
    public void skipTo(long position) {
        window.skipTo(position);
        tell(window.lossesDue(now()));
    }

    /** Ends the stream after the audio accepted so far; the next audio opens another. */
    public void pause() {
        phase.pause();
    }

    /**
     * Ends the stream because audio stopped coming in the middle of things and will go on: what is not final stays
     * provisional, and its audio is sent again with the next, so that no word is cut in two.
     */
    public void suspend() {
        phase.suspend();
    }

    /**
     * No more audio comes. {@link Owner#onFinished} or {@link Owner#onFailed} follows: streams that break or do not move are
     * replaced until the tries are used up, and the engine is waited for while it makes progress.
     */
    public void finish() {
        stopping = true;
        deadline.notAfter(now() + limits().stopMax().toNanos());
        window.markEnd();
        phase.finish();
    }

    /** As {@link #finish}, for a recording that goes on elsewhere: what is not settled in the end is neither final nor lost. */
    public void handOver() {
        handingOver = true;
        finish();
    }

    /** The server goes down: {@link #finish} has no more time than this. */
    public void limit(Duration most) {
        limited = true;
        deadline.notAfter(now() + most.toNanos());
    }

    /** Gives everything up; no call to the owner follows. */
    public void abort() {
        closeStream();
        phase = new Ended();
        window.release();
    }

    /** Whether something waits for time to pass, or for a stream that fell behind. */
    public boolean ticksOften() {
        return phase.ticksOften() || window.lossesPending();
    }

    /** Does what is due; called about ten times a second while {@link #ticksOften}, else about twice a second. */
    public void tick() {
        if (stopping && !(phase instanceof Ended) && deadline.passed(now())) {
            onOverdue();
        } else {
            phase.tick();
        }
        tell(window.lossesDue(now()));
    }

    private void onOverdue() {
        closeStream();
        if (limited) {
            giveUpRest();
            finished();
        } else {
            failed(OUT_OF_TIME);
        }
    }

    private void giveUpRest() {
        if (handingOver) {
            return;
        }
        owner.onSettled();
        window.loseRest();
    }

    private void tell(List<Loss> losses) {
        losses.forEach(loss ->
                owner.onDropped(AudioFormat.seconds(loss.start()), AudioFormat.seconds(loss.end()), loss.reason()));
    }

    // What follows is for the phases.

    Phase phase() {
        return phase;
    }

    void become(Phase next) {
        phase = next;
    }

    AudioWindow window() {
        return window;
    }

    Owner owner() {
        return owner;
    }

    SpeechRecognizer recognizer() {
        return engines.recognizer();
    }

    UpstreamLimits limits() {
        return shared.limits();
    }

    TimeSource time() {
        return shared.time();
    }

    long now() {
        return shared.time().nanoTime();
    }

    boolean stopping() {
        return stopping;
    }

    /** By any thread: lets the phase know what a stream says, on the worker, if that stream is still in use. */
    void submit(StreamEvents from, Consumer<Phase> event) {
        worker.submit(() -> {
            if (from == current) {
                phase.stream().ifPresent(PositionedStream::onEvent);
                event.accept(phase);
            }
        });
    }

    /** As {@link #submit}: there is room for audio again, which is no sign that the engine works on what it has. */
    void submitRoom(StreamEvents from) {
        worker.submit(() -> {
            if (from == current) {
                phase.room();
            }
        });
    }

    void openStream() {
        window.rewind();
        chooseEngine();
        StreamStart start = new StreamStart(streams + 1, window.sent(), window.settledSeconds(), reconnects.failures());
        current = new StreamEvents(this);
        PositionedStream stream;
        try {
            stream = PositionedStream.open(shared, engines, current, start);
        } catch (RecognitionException e) {
            if (streams > 0) {
                broken(e.failure());
            } else {
                fallBack(e.failure());
            }
            return;
        }
        streams++;
        phase = new Opening(this, stream);
        feed(stream);
    }

    /** Sends what the stream takes now; the rest goes when it says that it has room, or with the next tick. */
    void feed(PositionedStream stream) {
        ByteBuffer part = window.next();
        while (part.hasRemaining()) {
            int wanted = part.remaining();
            int taken = stream.send(part);
            window.sent(taken);
            if (taken < wanted) {
                return;
            }
            part = window.next();
        }
    }

    void take(PositionedStream stream, RecognitionResult told, boolean isFinal) {
        Optional<RecognitionResult> fresh = stream.toClient(told, window.sent());
        fresh.ifPresent(result -> {
            boolean further = window.hear(result.end());
            if (isFinal) {
                further |= window.settle(result.end());
                owner.onFinal(result);
            } else {
                owner.onPartial(result);
            }
            if (further) {
                progress();
            }
        });
    }

    void takeNoWords(double until) {
        if (window.settle(until)) {
            progress();
        }
        owner.onNoWords();
    }

    void progress() {
        worked = true;
        reconnects.onProgress();
        engines.onProgress();
    }

    /** Whether an engine that is preferred to the one in use may be tried again. */
    boolean betterEngineDue() {
        return engines.betterDue(now());
    }

    private void chooseEngine() {
        if (engines.betterDue(now())) {
            engines.chooseBest(now());
            reconnects = newTries();
        }
    }

    private ReconnectPolicy newTries() {
        return new ReconnectPolicy(new Backoff(limits().retries()));
    }

    /** The stream ended as it was told to: all that was sent is recognised. */
    void completed() {
        closeStream();
        window.settleSent();
        owner.onSettled();
        if (window.hasUnsent()) {
            openStream();
        } else if (stopping) {
            finished();
        } else {
            phase = new Idle(this);
            window.rest();
            owner.onState(UpstreamState.PAUSED);
        }
    }

    /** No stream is needed until audio comes, or the end; what is not settled will be sent again then. */
    void rest() {
        closeStream();
        window.rewind();
        if (!stopping) {
            window.unmarkEnd();
        }
        phase = new Idle(this);
    }

    void broken(RecognitionFailure failure) {
        closeStream();
        Optional<Duration> pause = reconnects.onBroken(failure);
        if (pause.isEmpty() || engines.onTrial()) {
            fallBack(failure);
            return;
        }
        owner.onFault(failure.kind(), true);
        phase = new Waiting(this, now() + pause.get().toNanos());
        owner.onState(UpstreamState.RECONNECTING);
    }

    /** The engine in use is given up. Another one goes on from what is settled, if there is one. */
    private void fallBack(RecognitionFailure failure) {
        if (!engines.fallBack(now())) {
            failed(failure);
            return;
        }
        owner.onFault(failure.kind(), true);
        reconnects = newTries();
        openStream();
    }

    private void failed(RecognitionFailure failure) {
        owner.onFault(failure.kind(), false);
        if (stopping) {
            giveUpRest();
        }
        end();
        owner.onFailed(failure, worked);
    }

    void finished() {
        end();
        owner.onFinished();
    }

    private void end() {
        tell(window.restOfLosses(now()));
        phase = new Ended();
        window.release();
    }

    private void closeStream() {
        current = new StreamEvents(this);
        phase.stream().ifPresent(PositionedStream::abort);
    }
}
