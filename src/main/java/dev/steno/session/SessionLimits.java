package dev.steno.session;

import dev.steno.configuration.Settings;
import dev.steno.session.upstream.UpstreamLimits;
import dev.steno.transcript.AudioFormat;
import java.time.Duration;

/**
 * What bounds a session, from the configuration.
 *
 * @param startTimeout a socket that sends no audio this long is closed
 * @param resumeWindow a recording whose client is lost, or that ended, waits so long for it to come back
 * @param idlePause without frames for this long, the upstream stream is ended until audio comes again
 * @param stopTimeout wait for the last final, beside what unrecognised audio needs
 * @param maxPause a recording paused this long ends
 * @param maxDuration a recording this old ends
 * @param drainTimeout wait for running recordings at shutdown
 * @param handOver whether they then go on with the next process, instead of being ended and archived
 * @param replayBufferBytes audio that one recording keeps, and how far a client may run ahead of real time
 * @param replayBudgetBytes audio that all recordings together keep
 * @param retries consecutive tries to replace a broken upstream stream
 */
record SessionLimits(
        Duration startTimeout,
        Duration resumeWindow,
        Duration idlePause,
        Duration stopTimeout,
        Duration maxPause,
        Duration maxDuration,
        Duration drainTimeout,
        boolean handOver,
        int replayBufferBytes,
        long replayBudgetBytes,
        int retries) {

    UpstreamLimits upstream() {
        return new UpstreamLimits(idlePause, stopTimeout, replayBufferBytes, retries);
    }

    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final String FINISH = "finish";
    private static final String HAND_OVER = "hand-over";
    private static final int MEBIBYTE = 1 << 20;

    static SessionLimits from(Settings settings) {
        Duration replay = settings.duration(
                "REPLAY_BUFFER", Duration.ofSeconds(45), Duration.ofSeconds(5), Duration.ofMinutes(5));
        return new SessionLimits(
                START_TIMEOUT,
                settings.duration("SESSION_RESUME_WINDOW", Duration.ofSeconds(30), Duration.ZERO, Duration.ofHours(1)),
                settings.duration("SESSION_IDLE_PAUSE", Duration.ofSeconds(10), SECOND, Duration.ofSeconds(14)),
                settings.duration("SESSION_STOP_TIMEOUT", Duration.ofSeconds(10), SECOND, Duration.ofMinutes(5)),
                settings.duration("SESSION_MAX_PAUSE", Duration.ofMinutes(30), SECOND, DAY),
                settings.duration("SESSION_MAX_DURATION", Duration.ofHours(8), SECOND, DAY),
                settings.duration("SESSION_DRAIN_TIMEOUT", Duration.ofSeconds(20), SECOND, Duration.ofMinutes(10)),
                settings.choice("SESSION_DRAIN", FINISH, FINISH, HAND_OVER).equals(HAND_OVER),
                Math.toIntExact(replay.toSeconds() * AudioFormat.BYTES_PER_SECOND),
                (long) settings.integer("REPLAY_BUDGET_BYTES", 256 * MEBIBYTE, MEBIBYTE, Integer.MAX_VALUE),
                settings.integer("TRANSCRIBE_RETRIES", 5, 0, 100));
    }
}
