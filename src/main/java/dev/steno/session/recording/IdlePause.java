package dev.steno.session.recording;

import dev.steno.session.upstream.Upstream;

/** Ends the upstream's stream while no audio comes. Belongs to the session's worker. */
final class IdlePause {
    private final RecordingRequest request;
    private final RecordingClient client;
    private final RecordingClock clock;
    private final Upstream upstream;

    IdlePause(RecordingRequest request, RecordingClient client, RecordingClock clock, Upstream upstream) {
        this.request = request;
        this.client = client;
        this.clock = clock;
        this.upstream = upstream;
    }

    /**
     * Without its client the stream is suspended: speech that was cut off goes on with what the client sends when it is
     * back.
     */
    void tick(long now) {
        if (!request.live() || !clock.idle(now)) {
            return;
        }
        if (client.attached()) {
            upstream.pause();
        } else {
            upstream.suspend();
        }
    }
}
