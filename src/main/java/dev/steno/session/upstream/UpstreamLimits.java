package dev.steno.session.upstream;

import java.time.Duration;

/**
 * What bounds one upstream.
 *
 * @param idlePause added to the stop time-out at a pause
 * @param stopTimeout wait for the last final, beside what unrecognised audio needs
 * @param replayBufferBytes audio that one recording keeps
 * @param retries consecutive tries to replace a broken stream
 */
public record UpstreamLimits(Duration idlePause, Duration stopTimeout, int replayBufferBytes, int retries) {}
