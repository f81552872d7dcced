package dev.steno.audience;

import dev.steno.bounded.BoundedMap;
import java.util.Map;

/**
 * Counts tries of links that do not exist, by the place they come from, so that nobody can look for tokens.
 * Thread-safe.
 */
final class Misses {
    /** A person mistypes a link a few times; a program that looks for one makes thousands of tries. */
    private static final int PER_MINUTE = 20;

    static final int MINUTE_SECONDS = 60;
    private static final long MINUTE_NANOS = MINUTE_SECONDS * 1_000_000_000L;

    /** Of more places than these the ones heard of longest ago are forgotten. */
    private static final int PLACES = 10_000;

    private final Map<String, Window> windows = BoundedMap.lastAdded(PLACES);

    private record Window(long since, int misses) {}

    /**
     * Counts one more.
     *
     * @param now as {@link System#nanoTime}
     * @return whether that was too many
     */
    synchronized boolean add(String place, long now) {
        Window before = windows.remove(place);
        boolean fresh = before == null || now - before.since() >= MINUTE_NANOS;
        Window window = fresh ? new Window(now, 1) : new Window(before.since(), before.misses() + 1);
        windows.put(place, window);
        return window.misses() > PER_MINUTE;
    }
}
