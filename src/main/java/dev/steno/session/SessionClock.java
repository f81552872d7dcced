package dev.steno.session;

import java.time.Duration;
import java.util.Optional;

/** What is due when in a running recording. Times are {@link TimeSource#nanoTime}. Belongs to the session's worker. */
final class SessionClock {
    private static final Duration PROGRESS = Duration.ofSeconds(1);

    private static final Duration ANNOUNCED_BEFORE = Duration.ofMinutes(1);

    private final SessionLimits limits;
    private final long startedAt;
    private long frameAt;
    private long progressAt;
    private long progressBytes;
    private long pausedAt;
    private UpstreamState state = UpstreamState.STREAMING;
    private boolean announced;

    SessionClock(SessionLimits limits, long now) {
        this.limits = limits;
        startedAt = now;
        frameAt = now;
        progressAt = now;
    }

    void onFrame(long now) {
        frameAt = now;
    }

    void onState(UpstreamState next, long now) {
        if (next == UpstreamState.PAUSED && state != next) {
            pausedAt = now;
        }
        if (next != UpstreamState.PAUSED && state == UpstreamState.PAUSED) {
            announced = false; // an announced end of the pause is off
        }
        state = next;
    }

    UpstreamState state() {
        return state;
    }

    boolean idle(long now) {
        return since(frameAt, now).compareTo(limits.idlePause()) >= 0;
    }

    /** Once a second, if there is anything new to report. */
    boolean progressDue(long now, long receivedBytes) {
        if (receivedBytes == progressBytes || since(progressAt, now).compareTo(PROGRESS) < 0) {
            return false;
        }
        progressAt = now;
        progressBytes = receivedBytes;
        return true;
    }

    /** Once, a minute before the recording ends by itself. */
    Optional<SessionEvent> announcement(long now) {
        Duration left = left(now);
        if (announced || left.compareTo(ANNOUNCED_BEFORE) > 0) {
            return Optional.empty();
        }
        announced = true;
        return Optional.of(new SessionEvent.EndAnnounced(state, Math.max(0, left.toMillis()) / 1e3, reason(now)));
    }

    /** Why the recording ends by itself now. */
    Optional<String> expiry(long now) {
        return left(now).compareTo(Duration.ZERO) > 0 ? Optional.empty() : Optional.of(reason(now));
    }

    private Duration left(long now) {
        Duration duration = limits.maxDuration().minus(since(startedAt, now));
        Duration pause = state == UpstreamState.PAUSED ? limits.maxPause().minus(since(pausedAt, now)) : duration;
        return duration.compareTo(pause) < 0 ? duration : pause;
    }

    private String reason(long now) {
        Duration duration = limits.maxDuration().minus(since(startedAt, now));
        return duration.equals(left(now))
                ? "A recording lasts at most " + limits.maxDuration() + " (SESSION_MAX_DURATION)."
                : "A recording may be paused for at most " + limits.maxPause() + " (SESSION_MAX_PAUSE).";
    }

    private static Duration since(long then, long now) {
        return Duration.ofNanos(now - then);
    }
}
