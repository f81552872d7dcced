package dev.steno.session.node;

import dev.steno.configuration.Settings;
import java.time.Duration;

/**
 * What bounds a session, from the configuration.
 *
 * @param startTimeout a socket that sends no audio this long is closed
 * @param resumeWindow a recording whose client is lost, or that ended, waits so long for it to come back
 * @param drainTimeout wait for running recordings at shutdown
 * @param handOver whether they then go on with the next process, instead of being ended and archived
 * @param live whether audio comes as it is spoken; otherwise all of it is there, and the door sends it as the engine
 *     takes it
 */
record SessionLimits(
        Duration startTimeout, Duration resumeWindow, Duration drainTimeout, boolean handOver, boolean live) {
    /** Of the time for a shutdown, a quarter is for disk and archive. */
    Duration lastWords() {
        return drainTimeout.multipliedBy(3).dividedBy(4);
    }

    /**
     * For audio that is all there. Nobody can send it again, so a shutdown ends such a recording instead of handing it
     * over.
     */
    SessionLimits forFiles() {
        return new SessionLimits(startTimeout, Duration.ZERO, drainTimeout, false, false);
    }

    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String FINISH = "finish";
    private static final String HAND_OVER = "hand-over";

    /** @param clustered whether other nodes go on with what this one hands over */
    static SessionLimits from(Settings settings, boolean clustered) {
        return new SessionLimits(
                START_TIMEOUT,
                settings.duration("SESSION_RESUME_WINDOW", Duration.ofSeconds(30), Duration.ZERO, Duration.ofHours(1)),
                settings.duration("SESSION_DRAIN_TIMEOUT", Duration.ofSeconds(20), SECOND, Duration.ofMinutes(10)),
                settings.choice("SESSION_DRAIN", clustered ? HAND_OVER : FINISH, FINISH, HAND_OVER)
                        .equals(HAND_OVER),
                true);
    }
}
