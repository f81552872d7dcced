package dev.steno.audience;

import dev.steno.configuration.Settings;
import java.time.Duration;

/**
 * What the operator decides about viewers.
 *
 * @param sharing whether anything can be shared at all
 * @param linger how long a link lives after the end of its recording
 * @param viewerLimit open event streams on this node
 */
record AudienceSettings(boolean sharing, Duration linger, int viewerLimit) {
    private static final String SHARING = "SHARING";
    private static final String SHARING_LINGER = "SHARING_LINGER";
    private static final String VIEWER_LIMIT = "VIEWER_LIMIT";

    static AudienceSettings from(Settings settings) {
        return new AudienceSettings(
                settings.choice(SHARING, "on", "on", "off").equals("on"),
                settings.duration(SHARING_LINGER, Duration.ofHours(24), Duration.ZERO, Duration.ofDays(30)),
                settings.integer(VIEWER_LIMIT, 2_000, 1, 1_000_000));
    }
}
