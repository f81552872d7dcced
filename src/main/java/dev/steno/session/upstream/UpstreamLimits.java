package dev.steno.session.upstream;

import dev.steno.configuration.Settings;
import dev.steno.transcript.AudioFormat;
import java.time.Duration;

/**
 * What bounds one upstream, from the configuration.
 *
 * @param stopTimeout a stream that was told to end and does not move for this long is replaced
 * @param stopMax all that is left at stop is over by then, even if the engine still makes progress
 * @param replayBufferBytes audio that one recording keeps
 * @param retries consecutive tries to replace a broken stream
 */
public record UpstreamLimits(Duration stopTimeout, Duration stopMax, int replayBufferBytes, int retries) {
    private static final Duration SECOND = Duration.ofSeconds(1);

    public static UpstreamLimits from(Settings settings) {
        Duration replay = settings.duration(
                "REPLAY_BUFFER", Duration.ofSeconds(45), Duration.ofSeconds(5), Duration.ofMinutes(5));
        return new UpstreamLimits(
                settings.duration("SESSION_STOP_TIMEOUT", Duration.ofSeconds(10), SECOND, Duration.ofMinutes(5)),
                settings.duration("SESSION_STOP_MAX", Duration.ofMinutes(5), SECOND, Duration.ofHours(1)),
                Math.toIntExact(replay.toSeconds() * AudioFormat.BYTES_PER_SECOND),
                settings.integer("TRANSCRIBE_RETRIES", 5, 0, 100));
    }
}
