package dev.steno.session.upstream;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.recognition.RecognitionResult;
import dev.steno.recognition.RecognizerStatus;
import java.time.Duration;
import java.util.Optional;

/** A stream was opened, and the engine has not answered yet. Audio goes to it already, as far as it takes it. */
final class Opening implements Phase {
    /** An engine that still loads is waited for: large models on a busy machine take a minute or two. */
    private static final Duration LOADING = Duration.ofMinutes(3);

    private static final RecognitionFailure NO_ANSWER = new RecognitionFailure(
            RecognitionFailure.Kind.UNAVAILABLE,
            true,
            "The engine did not answer in time.",
            "Try again; if it keeps failing, see the server's log.");

    private final Upstream upstream;
    private final PositionedStream stream;

    Opening(Upstream upstream, PositionedStream stream) {
        this.upstream = upstream;
        this.stream = stream;
    }

    @Override
    public Optional<PositionedStream> stream() {
        return Optional.of(stream);
    }

    @Override
    public boolean ticksOften() {
        return upstream.window().hasUnsent();
    }

    @Override
    public void audio() {
        upstream.feed(stream);
    }

    @Override
    public void room() {
        upstream.feed(stream);
    }

    @Override
    public void pause() {
        upstream.window().markEnd();
    }

    @Override
    public void suspend() {
        upstream.rest();
        upstream.owner().onState(UpstreamState.PAUSED);
    }

    @Override
    public void tick() {
        boolean loading = upstream.recognizer().status().state() == RecognizerStatus.State.LOADING;
        Duration patience = loading ? LOADING : upstream.recognizer().startTimeout();
        if (stream.age().compareTo(patience) >= 0) {
            upstream.broken(NO_ANSWER);
        } else {
            upstream.feed(stream);
        }
    }

    @Override
    public void opened() {
        upstream.become(new Streaming(upstream, stream));
        upstream.owner().onState(UpstreamState.STREAMING);
        upstream.phase().room();
    }

    @Override
    public void result(RecognitionResult result, boolean isFinal) {
        opened();
        upstream.phase().result(result, isFinal);
    }

    @Override
    public void broken(RecognitionFailure failure) {
        upstream.broken(failure);
    }
}
