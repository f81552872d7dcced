package dev.steno.session;

import dev.steno.configuration.Settings;
import dev.steno.session.upstream.UpstreamLimits;
import java.time.Duration;

/**
 * What bounds a session, from the configuration.
 *
 * @param startTimeout a socket that sends no audio this long is closed
 * @param resumeWindow a recording whose client is lost, or that ended, waits so long for it to come back
 * @param idlePause without frames for this long, the upstream stream is ended until audio comes again
 * @param maxPause a recording paused this long ends
 * @param maxDuration a recording this old ends
 * @param drainTimeout wait for running recordings at shutdown
 * @param handOver whether they then go on with the next process, instead of being ended and archived
 * @param replayBudgetBytes audio that all recordings together keep
 * @param upstream what bounds the way to the engine
 * @param live whether audio comes as it is spoken; otherwise all of it is there, and the door sends it as the engine takes it
 */
record SessionLimits(
        Duration startTimeout,
        Duration resumeWindow,
        Duration idlePause,
        Duration maxPause,
        Duration maxDuration,
        Duration drainTimeout,
        boolean handOver,
        long replayBudgetBytes,
        UpstreamLimits upstream,
        boolean live) {

    /** How far a client may run ahead of real time. */
    int replayBufferBytes() {
        return upstream.replayBufferBytes();
    }

    /** For audio that is all there. Nobody can send it again, so a shutdown ends such a recording instead of handing it over. */
    SessionLimits forFiles() {
        return new SessionLimits(
                startTimeout,
                Duration.ZERO,
                idlePause,
                maxPause,
                maxDuration,
                drainTimeout,
                false,
                replayBudgetBytes,
                upstream,
                false);
    }

    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final String FINISH = "finish";
    private static final String HAND_OVER = "hand-over";
    private static final int MEBIBYTE = 1 << 20;

    /** @param clustered whether other nodes go on with what this one hands over */
    static SessionLimits from(Settings settings, boolean clustered) {
        return new SessionLimits(
                START_TIMEOUT,
                settings.duration("SESSION_RESUME_WINDOW", Duration.ofSeconds(30), Duration.ZERO, Duration.ofHours(1)),
                settings.duration("SESSION_IDLE_PAUSE", Duration.ofSeconds(10), SECOND, Duration.ofSeconds(14)),
                settings.duration("SESSION_MAX_PAUSE", Duration.ofMinutes(30), SECOND, DAY),
                settings.duration("SESSION_MAX_DURATION", Duration.ofHours(8), SECOND, DAY),
                settings.duration("SESSION_DRAIN_TIMEOUT", Duration.ofSeconds(20), SECOND, Duration.ofMinutes(10)),
                settings.choice("SESSION_DRAIN", clustered ? HAND_OVER : FINISH, FINISH, HAND_OVER)
                        .equals(HAND_OVER),
                (long) settings.integer("REPLAY_BUDGET_BYTES", 256 * MEBIBYTE, MEBIBYTE, Integer.MAX_VALUE),
                UpstreamLimits.from(settings),
                true);
    }
}
