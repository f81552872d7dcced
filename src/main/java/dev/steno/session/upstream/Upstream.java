package dev.steno.session.upstream;

import dev.steno.recognition.RecognitionException;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionListener;
import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.RecognizerStatus;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.session.mailbox.SessionWorker;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.transcript.AudioFormat;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * The way of one recording's audio to the recogniser, and of its words back. Opens a stream when there is audio, ends it
 * at a pause, replaces it when it breaks and then sends again what no final covers. Not thread-safe: every method and
 * every call to the owner happens on the session's worker.
 */
public final class Upstream {
    /** What the owner hears; times in results are seconds of the client's audio. */
    public interface Owner {
        void onPartial(RecognitionResult result);

        void onFinal(RecognitionResult result);

        /** No stream is open any more, and none is needed until audio comes: what is provisional now stays so for good. */
        void onSettled();

        void onState(UpstreamState state);

        void onDropped(double start, double end);

        /** After {@link #finish}: everything that was accepted is recognised, or the time for it is over. */
        void onFinished();

        /** Terminal: no further stream will be tried. */
        void onFailed(RecognitionFailure failure);

        /**
         * A stream broke, or could not be opened.
         *
         * @param retried whether another one takes its place; otherwise {@link #onFailed} follows
         */
        void onFault(RecognitionFailure.Kind kind, boolean retried);
    }

    private enum Phase {
        /** No stream; the next audio opens one. */
        IDLE,
        ACTIVE,
        /** The stream was told that no more audio comes; its last results are awaited. */
        FINISHING,
        /** As finishing, but its last results do not count: their audio will be sent again. */
        SUSPENDING,
        /** No stream; the next try comes at {@code retryAt}. */
        WAITING,
        ENDED
    }

    /** A stream is replaced at a pause in speech within this long before it must be, or a fifth of its life. */
    private static final Duration REPLACE_WINDOW = Duration.ofMinutes(2);

    private static final RecognitionFailure NO_END = new RecognitionFailure(
            RecognitionFailure.Kind.FAILED,
            true,
            "The engine did not end its stream in time.",
            "Try again; if it keeps failing, see the server's log.");

    private final Upstreams shared;
    private final SpeechRecognizer recognizer;
    private final RecognitionRequest request;
    private final UpstreamLimits limits;
    private final SessionWorker worker;
    private final TimeSource time;
    private final Owner owner;
    private final AudioBuffer buffer;
    private final ReconnectPolicy reconnects;

    private Phase phase = Phase.IDLE;
    private PositionedStream stream;
    private Listener listener;
    /** Position of the next byte to send. */
    private long sent;
    /** Everything before is final: as the engine said it, in seconds, and as a position in the audio. */
    private double settledUntil;

    private long settledPosition;
    /** Position at which the stream is to be ended; negative if it is not. */
    private long finishAt = -1;

    private boolean finishing;
    /** How many streams were opened so far. */
    private int streams;

    /** Whether something is said that is not final yet. */
    private boolean midSpeech;

    private long retryAt;
    private long finishDeadline;
    /** Everything ends by then; 0 if nothing presses. */
    private long hurryDeadline;
    /** Where in the client's audio the newest result ended, in seconds. */
    private double heardUntil;

    Upstream(Upstreams shared, RecognitionRequest request, SessionWorker worker, Owner owner) {
        this.shared = shared;
        this.recognizer = shared.recognizer();
        this.request = request;
        this.limits = shared.limits();
        this.worker = worker;
        this.time = shared.time();
        this.owner = owner;
        this.buffer = new AudioBuffer(limits.replayBufferBytes(), shared.budget());
        this.reconnects = new ReconnectPolicy(new Backoff(limits.retries()));
    }

    public long receivedBytes() {
        return buffer.end();
    }

    /** Everything before this position is final, was told as lost, or held no words. */
    public long settledBytes() {
        return settledPosition;
    }

    /** Whether the engine ever worked for this recording. */
    public boolean worked() {
        return reconnects.worked();
    }

    /** Opens a stream before the first audio, so that words come sooner and a failure is known at once. */
    public void open() {
        if (phase == Phase.IDLE) {
            openStream();
        }
    }

    public void append(byte[] audio) {
        endSuspension();
        buffer.append(audio);
        if (sent < buffer.start()) {
            owner.onDropped(AudioFormat.seconds(sent), AudioFormat.seconds(buffer.start()));
            sent = buffer.start();
            if (stream != null) {
                stream.jump(sent);
            }
        }
        proceed();
    }

    private void proceed() {
        if (phase == Phase.IDLE) {
            openStream();
        } else {
            feed();
        }
    }

    /** Ends the stream after the audio accepted so far; the next audio opens another. */
    public void pause() {
        endSuspension();
        boolean audioWaits = (phase == Phase.FINISHING || phase == Phase.IDLE) && sent < buffer.end();
        if (phase == Phase.ACTIVE || phase == Phase.WAITING || audioWaits) {
            finishAt = buffer.end();
            proceed();
        }
    }

    /**
     * Ends the stream because audio stopped coming in the middle of things and will go on: what is not final stays
     * provisional, and its audio is sent again with the next, so that no word is cut in two.
     */
    public void suspend() {
        if (phase == Phase.ACTIVE) {
            phase = Phase.SUSPENDING;
            finishAt = -1;
            finishDeadline = deadline(limits.idlePause());
            stream.finish();
            owner.onState(UpstreamState.PAUSED);
        }
    }

    /** Whatever the suspended stream may still say is not needed. */
    private void endSuspension() {
        if (phase == Phase.SUSPENDING) {
            closeStream();
            becomeIdle();
            sent = Math.max(settledPosition, buffer.start());
        }
    }

    /** No more audio comes: {@link Owner#onFinished} follows, within the stop time-out and what the backlog needs. */
    public void finish() {
        endSuspension();
        finishing = true;
        finishAt = buffer.end();
        double backlog = AudioFormat.seconds(buffer.end() - settledPosition);
        finishDeadline = sooner(deadline(Duration.ofNanos((long) (backlog * 1e9))));
        if (phase == Phase.IDLE && sent == buffer.end()) {
            ended();
        } else {
            proceed();
        }
    }

    /** The server goes down: {@link #finish} has no more time than this, whatever the backlog. */
    public void hurry(Duration most) {
        hurryDeadline = time.nanoTime() + most.toNanos();
        if (finishing) {
            finishDeadline = sooner(finishDeadline);
        }
    }

    private long sooner(long deadline) {
        return hurryDeadline != 0 && hurryDeadline - deadline < 0 ? hurryDeadline : deadline;
    }

    /** Gives everything up; no call to the owner follows. */
    public void abort() {
        phase = Phase.ENDED;
        closeStream();
        buffer.release();
    }

    /** Whether something waits for time to pass, or for a stream that fell behind. */
    public boolean restless() {
        return phase == Phase.WAITING || finishDeadline != 0 || (phase == Phase.ACTIVE && sent < buffer.end());
    }

    /** Does what is due; called about ten times a second while {@link #restless}, else about twice a second. */
    public void tick() {
        long now = time.nanoTime();
        if (finishDeadline != 0 && now - finishDeadline >= 0 && phase != Phase.ENDED) {
            onOverdue();
        } else if (phase == Phase.WAITING && now - retryAt >= 0) {
            openStream();
        } else {
            replaceWhenDue();
            feed();
        }
    }

    /** Before the engine would end the stream, at a pause in speech where there is one; audio is buffered in between. */
    private void replaceWhenDue() {
        if (phase != Phase.ACTIVE || finishAt >= 0) {
            return;
        }
        Duration left = Duration.between(time.now(), stream.replaceBy());
        Duration window = stream.age(time.nanoTime()).plus(left).dividedBy(5);
        boolean mayReplace = !midSpeech && left.compareTo(min(window, REPLACE_WINDOW)) <= 0;
        if (mayReplace || left.isNegative()) {
            finishAt = buffer.end();
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private void openStream() {
        if (settledPosition < buffer.start()) {
            owner.onDropped(settledUntil, AudioFormat.seconds(buffer.start()));
        }
        sent = Math.max(settledPosition, buffer.start());
        midSpeech = false;
        listener = new Listener();
        try {
            stream = new PositionedStream(
                    recognizer, request, listener, sent, streams + 1, shared.minutes(), time.nanoTime());
        } catch (RecognitionException e) {
            if (streams > 0) {
                onBroken(e.failure());
            } else {
                failed(e.failure());
            }
            return;
        }
        streams++;
        phase = Phase.ACTIVE;
        feed();
    }

    private void feed() {
        if (phase != Phase.ACTIVE) {
            return;
        }
        long until = finishAt < 0 ? buffer.end() : finishAt;
        while (sent < until) {
            ByteBuffer part = buffer.read(sent);
            part.limit(part.position() + (int) Math.min(part.remaining(), until - sent));
            int wanted = part.remaining();
            int taken = stream.send(part, time.nanoTime());
            sent += taken;
            if (taken < wanted) {
                return; // onRoom or the next tick goes on
            }
        }
        if (finishAt >= 0) {
            phase = Phase.FINISHING;
            finishAt = -1;
            if (!finishing) {
                finishDeadline = deadline(limits.idlePause());
            }
            stream.finish();
        }
    }

    private void onResult(RecognitionResult result, boolean isFinal) {
        reconnects.onResult();
        if (phase == Phase.SUSPENDING) {
            return; // forced by the end of the stream, perhaps in the middle of a word
        }
        midSpeech = !isFinal;
        ReplayFilter.unsettled(stream.toClient(result), settledUntil).ifPresent(fresh -> {
            heardUntil = Math.max(heardUntil, fresh.end());
            if (isFinal) {
                settled(fresh.end(), Math.min(AudioFormat.bytes(fresh.end()), sent));
                owner.onFinal(fresh);
            } else {
                owner.onPartial(fresh);
            }
        });
    }

    private void onCompleted() {
        if (phase == Phase.SUSPENDING) {
            endSuspension();
            return;
        }
        closeStream();
        settle();
        if (sent < buffer.end()) {
            openStream();
        } else if (finishing) {
            ended();
        } else {
            owner.onState(UpstreamState.PAUSED);
        }
    }

    /** All that was sent is recognised. */
    private void settle() {
        becomeIdle();
        settled(Math.max(settledUntil, AudioFormat.seconds(sent)), sent);
        owner.onSettled();
    }

    private void becomeIdle() {
        phase = Phase.IDLE;
        finishDeadline = finishing ? finishDeadline : 0;
    }

    private void settled(double seconds, long position) {
        settledUntil = seconds;
        settledPosition = position;
        buffer.trim(position);
    }

    private void onBroken(RecognitionFailure failure) {
        if (phase == Phase.SUSPENDING) {
            endSuspension();
            return;
        }
        Duration age = stream == null ? Duration.ZERO : stream.age(time.nanoTime());
        closeStream();
        if (phase == Phase.FINISHING && !finishing) {
            finishAt = Math.max(sent, finishAt);
            finishDeadline = 0;
        } else if (finishing) {
            finishAt = buffer.end();
        }
        reconnects
                .onBroken(failure, age)
                .ifPresentOrElse(pause -> reconnectAfter(pause, failure), () -> failed(failure));
    }

    private void reconnectAfter(Duration pause, RecognitionFailure failure) {
        owner.onFault(failure.kind(), true);
        phase = Phase.WAITING;
        retryAt = time.nanoTime() + pause.toNanos();
        owner.onState(UpstreamState.RECONNECTING);
    }

    private void failed(RecognitionFailure failure) {
        owner.onFault(failure.kind(), false);
        phase = Phase.ENDED;
        buffer.release();
        owner.onFailed(failure);
    }

    /** The engine did not answer in time after it was told that no more audio comes. */
    private void onOverdue() {
        if (hurryDeadline == 0 && recognizer.status().state() == RecognizerStatus.State.LOADING) {
            finishDeadline = deadline(Duration.ZERO); // it did not even begin
        } else if (finishing) {
            closeStream();
            owner.onSettled();
            if (heardUntil < AudioFormat.seconds(buffer.end())) {
                owner.onDropped(heardUntil, AudioFormat.seconds(buffer.end()));
            }
            ended();
        } else {
            onBroken(NO_END);
        }
    }

    /** When the engine should have ended its stream, if it has this much more to do than usual. */
    private long deadline(Duration more) {
        return time.nanoTime() + limits.stopTimeout().plus(more).toNanos();
    }

    private void ended() {
        phase = Phase.ENDED;
        buffer.release();
        owner.onFinished();
    }

    private void closeStream() {
        listener = null;
        if (stream != null) {
            stream.abort();
            stream = null;
        }
    }

    /** Brings what one stream says onto the worker, and drops what a stream says that is not the current one any more. */
    private final class Listener implements RecognitionListener {
        private void submit(Runnable task) {
            worker.submit(() -> {
                if (listener == this) {
                    task.run();
                }
            });
        }

        @Override
        public void onOpened() {
            submit(() -> owner.onState(UpstreamState.STREAMING));
        }

        @Override
        public void onNoWords(double until) {
            // Handled with the phases.
        }

        @Override
        public void onProgress() {
            // Handled with the phases.
        }

        @Override
        public void onPartial(RecognitionResult result) {
            submit(() -> onResult(result, false));
        }

        @Override
        public void onFinal(RecognitionResult result) {
            submit(() -> onResult(result, true));
        }

        @Override
        public void onRoom() {
            submit(Upstream.this::feed);
        }

        @Override
        public void onCompleted() {
            submit(Upstream.this::onCompleted);
        }

        @Override
        public void onFailed(RecognitionFailure failure) {
            submit(() -> onBroken(failure));
        }
    }
}
