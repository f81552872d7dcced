package dev.steno.session.upstream;

import dev.steno.recognition.RecognitionFailure;
import java.util.Optional;

/**
 * The stream was ended in the middle of things, perhaps of a word. What it still says does not count: its audio will be
 * sent again with the next one.
 */
record Suspending(Upstream upstream, PositionedStream openStream) implements Phase {
    @Override
    public Optional<PositionedStream> stream() {
        return Optional.of(openStream);
    }

    @Override
    public void audio() {
        upstream.rest();
        upstream.phase().audio();
    }

    @Override
    public void pause() {
        upstream.rest();
        upstream.phase().pause();
    }

    @Override
    public void finish() {
        upstream.rest();
        upstream.phase().finish();
    }

    @Override
    public void tick() {
        if (openStream.unmovedFor(upstream.limits().stopTimeout())) {
            upstream.rest();
        }
    }

    @Override
    public void completed() {
        upstream.rest();
    }

    @Override
    public void broken(RecognitionFailure failure) {
        upstream.rest();
    }
}
