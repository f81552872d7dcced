package dev.steno.session.upstream;

/** No stream is open; the next audio opens one. */
record Idle(Streams streams) implements Phase {
    @Override
    public void audio() {
        streams.open();
    }

    @Override
    public void pause() {
        if (streams.window().hasUnsent()) {
            streams.window().markEnd();
            streams.open();
        }
    }

    @Override
    public void finish() {
        if (streams.window().hasUnsent()) {
            streams.open();
        } else {
            streams.finished();
        }
    }
}
