package dev.steno.quota;

import dev.steno.configuration.Settings;

/**
 * How many at once, and how often, from the configuration.
 *
 * @param recordings concurrent recordings of this node
 * @param callerRecordings of them by one caller
 * @param callerStartsPerMinute recordings that one caller may begin in a minute
 * @param callerSockets open connections of one caller
 * @param sharedRecordings as {@code callerRecordings}, for all nodes together: only if it was configured, else without
 *     limit
 * @param sharedStartsPerMinute likewise
 */
record QuotaLimits(
        int recordings,
        int callerRecordings,
        int callerStartsPerMinute,
        int callerSockets,
        int sharedRecordings,
        int sharedStartsPerMinute) {
    /**
     * Amazon bills a stream for at least 15 s: four starts a minute cost as much as a recording that never stops, so
     * whoever only starts and stops can spend no more than the node does when all its places are taken.
     */
    private static final int STARTS_PER_RECORDING = 4;

    /** So many an office behind one address can make by hand, on the smallest node. */
    private static final int LEAST_STARTS = 60;

    /** A recording has one connection, two while it is resumed, and others wait before they start. */
    private static final int SOCKETS_PER_RECORDING = 4;

    private static final int LEAST_SOCKETS = 100;

    /** More than a JVM holds; a value beyond is a slip. */
    private static final int MOST = 10_000;

    /** @param recordings what the engine suggests for {@code SESSION_LIMIT} */
    static QuotaLimits from(Settings settings, int recordings) {
        int limit = settings.integer("SESSION_LIMIT", recordings, 1, MOST);
        int starts = Math.max(LEAST_STARTS, STARTS_PER_RECORDING * limit);
        int sockets = Math.max(LEAST_SOCKETS, SOCKETS_PER_RECORDING * limit);
        return new QuotaLimits(
                limit,
                settings.integer("CALLER_LIMIT", limit, 1, MOST),
                settings.integer("CALLER_STARTS_PER_MINUTE", starts, 1, 10 * MOST),
                settings.integer("CALLER_SOCKETS", sockets, 1, 10 * MOST),
                settings.integer("CALLER_LIMIT", 10 * MOST, 1, 10 * MOST),
                settings.integer("CALLER_STARTS_PER_MINUTE", 10 * MOST, 1, 10 * MOST));
    }
}
