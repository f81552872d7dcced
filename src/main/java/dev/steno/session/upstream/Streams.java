package dev.steno.session.upstream;

import dev.steno.recognition.RecognitionException;
import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.transcript.AudioFormat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The streams of one upstream, one after another, as its phases use them. Belongs to the session's worker. */
final class Streams {
    private static final RecognitionFailure OUT_OF_TIME = new RecognitionFailure(
            RecognitionFailure.Kind.FAILED,
            true,
            "The engine did not return all words before the recording had to end.",
            "Ask the operator for a faster engine, or for more time: SESSION_STOP_MAX.");

    private final Upstreams shared;
    private final EngineTries tries;
    private final AudioWindow window;
    private final Ending ending;
    private final Answers answers;
    private final Hearing hearing;

    private Phase phase = new Idle(this);
    /** The stream in use speaks through this; what comes through another one is from the past. */
    private StreamEvents current = new StreamEvents(this);

    private int opened;

    Streams(Upstreams shared, EngineTries tries, AudioWindow window, Ending ending, Answers answers) {
        this.shared = shared;
        this.tries = tries;
        this.window = window;
        this.ending = ending;
        this.answers = answers;
        hearing = new Hearing(window, tries, answers.owner());
    }

    Phase phase() {
        return phase;
    }

    void become(Phase next) {
        phase = next;
    }

    AudioWindow window() {
        return window;
    }

    Upstream.Owner owner() {
        return answers.owner();
    }

    SpeechRecognizer recognizer() {
        return tries.recognizer();
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
        return ending.begun();
    }

    /** Takes what the stream in use says. */
    Hearing hearing() {
        return hearing;
    }

    /** Whether an engine that is preferred to the one in use may be tried again. */
    boolean betterEngineDue() {
        return tries.betterDue(now());
    }

    void append(byte[] audio) {
        if (window.append(audio, phase.lossReason())) {
            phase.stream().ifPresent(stream -> stream.jump(window.sent()));
        }
        phase.audio();
        tell(window.lossesDue(now()));
    }

    void tick() {
        if (!(phase instanceof Ended) && ending.overdue(now())) {
            onOverdue();
        } else {
            phase.tick();
        }
        tell(window.lossesDue(now()));
    }

    private void onOverdue() {
        closeStream();
        if (ending.limited()) {
            giveUpRest();
            finished();
        } else {
            failed(OUT_OF_TIME);
        }
    }

    private void giveUpRest() {
        if (ending.handingOver()) {
            return;
        }
        owner().onSettled();
        window.loseRest();
    }

    private void tell(List<Loss> losses) {
        losses.forEach(loss ->
                owner().onDropped(AudioFormat.seconds(loss.start()), AudioFormat.seconds(loss.end()), loss.reason()));
    }

    /** By any thread: lets the phase know what a stream says, on the worker, if that stream is still in use. */
    void submit(StreamEvents from, Consumer<Phase> event) {
        answers.worker().submit(() -> {
            if (from == current) {
                phase.stream().ifPresent(PositionedStream::onEvent);
                event.accept(phase);
            }
        });
    }

    /** As {@link #submit}: there is room for audio again, which is no sign that the engine works on what it has. */
    void submitRoom(StreamEvents from) {
        answers.worker().submit(() -> {
            if (from == current) {
                phase.room();
            }
        });
    }

    void open() {
        window.rewind();
        tries.choose(now());
        StreamStart start = new StreamStart(opened + 1, window.sent(), window.settledSeconds(), tries.failures());
        current = new StreamEvents(this);
        PositionedStream stream;
        try {
            stream = PositionedStream.open(shared, tries.engines(), current, start);
        } catch (RecognitionException e) {
            if (opened > 0 || hearing.worked()) {
                broken(e.failure());
            } else {
                fallBack(e.failure());
            }
            return;
        }
        opened++;
        phase = new Opening(this, stream);
        stream.feed(window);
    }

    /** The stream ended as it was told to: all that was sent is recognised. */
    void completed() {
        closeStream();
        window.settleSent();
        owner().onSettled();
        if (window.hasUnsent()) {
            open();
        } else if (stopping()) {
            finished();
        } else {
            phase = new Idle(this);
            window.rest();
            owner().onState(UpstreamState.PAUSED);
        }
    }

    /** No stream is needed until audio comes, or the end; what is not settled will be sent again then. */
    void rest() {
        closeStream();
        window.rewind();
        if (!stopping()) {
            window.unmarkEnd();
        }
        phase = new Idle(this);
    }

    void broken(RecognitionFailure failure) {
        closeStream();
        Optional<Duration> pause = tries.onBroken(failure);
        if (pause.isEmpty()) {
            fallBack(failure);
            return;
        }
        owner().onFault(recognizer().engine(), failure, true);
        phase = new Waiting(this, now() + pause.get().toNanos());
        owner().onState(UpstreamState.RECONNECTING);
    }

    /** The engine in use is given up. Another one goes on from what is settled, if there is one. */
    private void fallBack(RecognitionFailure failure) {
        String givenUp = recognizer().engine();
        if (!tries.fallBack(now())) {
            failed(failure);
            return;
        }
        owner().onFault(givenUp, failure, true);
        open();
    }

    private void failed(RecognitionFailure failure) {
        owner().onFault(recognizer().engine(), failure, false);
        if (stopping() || hearing.worked()) {
            giveUpRest();
        }
        end();
        owner().onFailed(failure, hearing.worked());
    }

    void finished() {
        end();
        owner().onFinished();
    }

    private void end() {
        tell(window.restOfLosses(now()));
        phase = new Ended();
        window.release();
    }

    /** Gives everything up; no call to the owner follows. */
    void abort() {
        closeStream();
        phase = new Ended();
        window.release();
    }

    private void closeStream() {
        current = new StreamEvents(this);
        phase.stream().ifPresent(PositionedStream::abort);
    }
}
