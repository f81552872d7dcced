package dev.steno.session.recording;

import dev.steno.configuration.Settings;
import java.time.Duration;

/**
 * What bounds a recording in time, from the configuration.
 *
 * @param idlePause without frames for this long, the upstream stream is ended until audio comes again
 * @param maxPause a recording paused this long ends
 * @param maxDuration a recording this old ends
 */
public record RecordingLimits(Duration idlePause, Duration maxPause, Duration maxDuration) {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    static RecordingLimits from(Settings settings) {
        return new RecordingLimits(
                settings.duration("SESSION_IDLE_PAUSE", Duration.ofSeconds(10), SECOND, Duration.ofSeconds(14)),
                settings.duration("SESSION_MAX_PAUSE", Duration.ofMinutes(30), SECOND, DAY),
                settings.duration("SESSION_MAX_DURATION", Duration.ofHours(8), SECOND, DAY));
    }
}
