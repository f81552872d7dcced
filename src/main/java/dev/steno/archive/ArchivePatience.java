package dev.steno.archive;

import java.time.Duration;

/**
 * How the queue deals with failure.
 *
 * @param delayedAfter when those who wait for a transcript are told that it will take longer
 * @param passing between tries when the fault may pass by itself: network, throttling, a full disk; and between all
 *     tries before {@code delayedAfter}
 * @param lasting between later tries when somebody has to repair something: permission, a wrong bucket
 */
record ArchivePatience(Duration delayedAfter, Backoff passing, Backoff lasting) {
    /** 10 s is the protocol's (archive_delayed). A minute, or five, is soon enough once nobody waits any more. */
    static final ArchivePatience DEFAULT = new ArchivePatience(
            Duration.ofSeconds(10),
            new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1)),
            new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(5)));
}
