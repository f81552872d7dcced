package dev.steno.session.upstream;

/** A stream broke; the next one is opened when its time has come. */
record Waiting(Upstream upstream, long retryAt) implements Phase {
    @Override
    public boolean ticksOften() {
        return true;
    }

    @Override
    public void pause() {
        upstream.window().markEnd();
    }

    @Override
    public void tick() {
        if (upstream.now() - retryAt >= 0) {
            upstream.openStream();
        }
    }
}
