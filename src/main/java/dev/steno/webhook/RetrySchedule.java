package dev.steno.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When an event is tried again: soon at first, then hourly, for a day. */
final class RetrySchedule {
    private static final List<Duration> FIRST =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10));

    private static final Duration THEN = Duration.ofHours(1);
    private static final Duration GIVE_UP = Duration.ofDays(1);

    private RetrySchedule() {}

    /**
     * @param failures so far, at least one
     * @param age of the event
     * @return empty if it is given up
     */
    static Optional<Duration> after(int failures, Duration age) {
        Duration pause = failures <= FIRST.size() ? FIRST.get(failures - 1) : THEN;
        return age.plus(pause).compareTo(GIVE_UP) > 0 ? Optional.empty() : Optional.of(pause);
    }
}
