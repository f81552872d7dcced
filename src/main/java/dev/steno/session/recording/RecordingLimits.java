package dev.steno.session.recording;

import dev.steno.configuration.Settings;
import dev.steno.recognition.Engines;
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
                idlePause(settings, DAY),
                settings.duration("SESSION_MAX_PAUSE", Duration.ofMinutes(30), SECOND, DAY),
                settings.duration("SESSION_MAX_DURATION", Duration.ofHours(8), SECOND, DAY));
    }

    /**
     * A stream is to be ended before its service does so.
     *
     * @throws dev.steno.configuration.InvalidSettingException if one of the engines would end it first
     */
    public static void check(Settings settings, Engines engines) {
        engines.all().forEach(engine -> idlePause(settings, engine.longestSilence()));
    }

    private static Duration idlePause(Settings settings, Duration most) {
        return settings.duration("SESSION_IDLE_PAUSE", Duration.ofSeconds(10), SECOND, most);
    }
}
