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

    private final Streams streams;
    private final PositionedStream stream;

    Opening(Streams streams, PositionedStream stream) {
        this.streams = streams;
        this.stream = stream;
    }

    @Override
    public Optional<PositionedStream> stream() {
        return Optional.of(stream);
    }

    @Override
    public boolean ticksOften() {
        return streams.window().hasUnsent();
    }

    @Override
    public void audio() {
        stream.feed(streams.window());
    }

    @Override
    public void room() {
        stream.feed(streams.window());
    }

    @Override
    public void pause() {
        streams.window().markEnd();
    }

    @Override
    public void suspend() {
        streams.rest();
        streams.owner().onState(UpstreamState.PAUSED);
    }

    @Override
    public void tick() {
        boolean loading = streams.recognizer().status().state() == RecognizerStatus.State.LOADING;
        Duration patience = loading ? LOADING : streams.recognizer().startTimeout();
        if (stream.age().compareTo(patience) >= 0) {
            streams.broken(NO_ANSWER);
        } else {
            stream.feed(streams.window());
        }
    }

    @Override
    public void opened() {
        streams.become(new Streaming(streams, stream));
        streams.owner().onState(UpstreamState.STREAMING);
        streams.phase().room();
    }

    @Override
    public void result(RecognitionResult result, boolean isFinal) {
        opened();
        streams.phase().result(result, isFinal);
    }

    @Override
    public void broken(RecognitionFailure failure) {
        streams.broken(failure);
    }
}
