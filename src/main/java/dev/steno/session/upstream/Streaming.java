package dev.steno.session.upstream;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionResult;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The engine works on the stream, and audio goes to it. */
final class Streaming implements Phase {
    /** A stream is replaced at a pause in speech within this long before it must be, or a fifth of its life. */
    private static final Duration REPLACE_WINDOW = Duration.ofMinutes(2);

    /** Nothing new for this long after a final is a pause in speech, at which a better engine may take over. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** If there is no such pause for this long, it takes over in the middle of speech. */
    private static final Duration NO_PAUSE = Duration.ofSeconds(10);

    private static final RecognitionFailure STALLED = new RecognitionFailure(
            RecognitionFailure.Kind.FAILED,
            true,
            "The engine fell silent while audio was sent.",
            "Try again; if it keeps failing, see the engine's status page and the server's log.");

    private final Streams streams;
    private final PositionedStream stream;
    /** Whether something is said that is not final yet. */
    private boolean midSpeech;

    private long finalAt;
    private OptionalLong betterSince = OptionalLong.empty();

    Streaming(Streams streams, PositionedStream stream) {
        this.streams = streams;
        this.stream = stream;
        finalAt = streams.now();
    }

    @Override
    public Optional<PositionedStream> stream() {
        return Optional.of(stream);
    }

    @Override
    public LossReason lossReason() {
        return LossReason.ENGINE_BEHIND;
    }

    @Override
    public boolean ticksOften() {
        return streams.window().hasUnsent();
    }

    @Override
    public void audio() {
        proceed();
    }

    @Override
    public void room() {
        proceed();
    }

    @Override
    public void pause() {
        streams.window().markEnd();
        proceed();
    }

    @Override
    public void finish() {
        proceed();
    }

    @Override
    public void suspend() {
        stream.finish();
        streams.become(new Suspending(streams, stream));
        streams.owner().onState(UpstreamState.PAUSED);
    }

    @Override
    public void tick() {
        if (stalled()) {
            streams.broken(STALLED);
            return;
        }
        if (!midSpeech && streams.window().settleSilence()) {
            streams.hearing().progress();
        }
        if (!streams.window().endMarked() && (replacementDue() || betterEngineDue())) {
            streams.window().markEnd();
        }
        proceed();
    }

    /** When nothing but the end is awaited, a stream that does not move is given up sooner. */
    private boolean stalled() {
        boolean stuck = streams.stopping() && stream.unmovedFor(streams.limits().stopTimeout());
        return stuck || stream.stalled();
    }

    /** Before the engine would end the stream, at a pause in speech where there is one; audio is kept in between. */
    private boolean replacementDue() {
        Duration left = Duration.between(streams.time().now(), stream.replaceBy());
        Duration fifth = stream.age().plus(left).dividedBy(5);
        Duration window = fifth.compareTo(REPLACE_WINDOW) < 0 ? fifth : REPLACE_WINDOW;
        return left.isNegative() || (!midSpeech && left.compareTo(window) <= 0);
    }

    /** At a pause in speech, or when there was none for long. */
    private boolean betterEngineDue() {
        if (!streams.betterEngineDue()) {
            betterSince = OptionalLong.empty();
            return false;
        }
        long now = streams.now();
        if (betterSince.isEmpty()) {
            betterSince = OptionalLong.of(now);
        }
        boolean pause = !midSpeech && now - finalAt >= PAUSE.toNanos();
        return pause || now - betterSince.getAsLong() >= NO_PAUSE.toNanos();
    }

    private void proceed() {
        stream.feed(streams.window());
        if (streams.window().endReached()) {
            stream.finish();
            streams.become(new Finishing(streams, stream));
        }
    }

    @Override
    public void result(RecognitionResult result, boolean isFinal) {
        midSpeech = !isFinal;
        finalAt = streams.now();
        streams.hearing().take(stream, result, isFinal);
    }

    @Override
    public void noWords(double until) {
        midSpeech = false;
        streams.hearing().takeNoWords(stream.toClient(until));
    }

    @Override
    public void broken(RecognitionFailure failure) {
        streams.broken(failure);
    }
}
