package dev.steno.session.upstream;

/** A stream broke; the next one is opened when its time has come. */
record Waiting(Streams streams, long retryAt) implements Phase {
    @Override
    public boolean ticksOften() {
        return true;
    }

    @Override
    public void pause() {
        streams.window().markEnd();
    }

    @Override
    public void tick() {
        if (streams.now() - retryAt >= 0) {
            streams.open();
        }
    }
}
