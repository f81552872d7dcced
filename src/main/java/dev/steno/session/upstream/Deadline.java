package dev.steno.session.upstream;

import java.util.OptionalLong;

/**
 * A moment that may come nearer, and never moves away. Times are {@link dev.steno.session.mailbox.TimeSource#nanoTime}.
 */
final class Deadline {
    private OptionalLong at = OptionalLong.empty();

    void notAfter(long moment) {
        if (at.isEmpty() || moment - at.getAsLong() < 0) {
            at = OptionalLong.of(moment);
        }
    }

    boolean passed(long now) {
        return at.isPresent() && now - at.getAsLong() >= 0;
    }
}
