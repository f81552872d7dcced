package dev.steno.session.upstream;

import dev.steno.recognition.RecognitionFailure;
import java.util.Optional;

/**
 * The stream was ended in the middle of things, perhaps of a word. What it still says does not count: its audio will be
 * sent again with the next one.
 */
record Suspending(Streams streams, PositionedStream openStream) implements Phase {
    @Override
    public Optional<PositionedStream> stream() {
        return Optional.of(openStream);
    }

    @Override
    public void audio() {
        streams.rest();
        streams.phase().audio();
    }

    @Override
    public void pause() {
        streams.rest();
        streams.phase().pause();
    }

    @Override
    public void finish() {
        streams.rest();
        streams.phase().finish();
    }

    @Override
    public void tick() {
        if (openStream.unmovedFor(streams.limits().stopTimeout())) {
            streams.rest();
        }
    }

    @Override
    public void completed() {
        streams.rest();
    }

    @Override
    public void broken(RecognitionFailure failure) {
        streams.rest();
    }
}
