package dev.steno.session.upstream;

/** No stream is open; the next audio opens one. */
record Idle(Upstream upstream) implements Phase {
    @Override
    public void audio() {
        upstream.openStream();
    }

    @Override
    public void pause() {
        if (upstream.window().hasUnsent()) {
            upstream.window().markEnd();
            upstream.openStream();
        }
    }

    @Override
    public void finish() {
        if (upstream.window().hasUnsent()) {
            upstream.openStream();
        } else {
            upstream.finished();
        }
    }
}
