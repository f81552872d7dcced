package dev.steno.session.attachment;

import java.time.Duration;

/** When a connection is to be pinged, and when it is dead. Belongs to the session's worker. */
final class KeepAlive {
    /** Between the 25 s and 60 s after which proxies and servers take a silent connection for dead. */
    private static final Duration INTERVAL = Duration.ofSeconds(25);

    /** So many pings without an answer, and the link is dead, even if no server or network said so. */
    private static final int UNANSWERED = 2;

    private long pingedAt;
    private int unanswered;

    /** @param now as nanoTime */
    KeepAlive(long now) {
        pingedAt = now;
    }

    boolean due(long now) {
        return now - pingedAt >= INTERVAL.toNanos();
    }

    /**
     * @param heardAt the client's last sign of life.
     *
     * @return whether the client is to be pinged; if not, the link is dead
     */
    boolean ping(long heardAt, long now) {
        unanswered = heardAt - pingedAt >= 0 ? 0 : unanswered + 1;
        pingedAt = now;
        return unanswered < UNANSWERED;
    }
}
