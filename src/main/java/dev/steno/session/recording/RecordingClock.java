package dev.steno.session.recording;

import dev.steno.quota.Quota;
import dev.steno.session.SessionEvent;
import dev.steno.session.mailbox.TimeSource;
import dev.steno.session.upstream.UpstreamState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is due when in a running recording. Times are {@link TimeSource#nanoTime}. Belongs to the session's worker. */
final class RecordingClock {
    private static final Duration PROGRESS = Duration.ofSeconds(1);

    private static final Duration ANNOUNCED_BEFORE = Duration.ofMinutes(1);

    /** An announced end that is so far away again will be announced again. */
    private static final Duration OFF_AFTER = Duration.ofMinutes(2);

    private final RecordingLimits limits;
    private final Quota quota;
    private final TimeSource time;
    private long startedAt;
    private long frameAt;
    private long progressAt;
    private SessionEvent.Progress told = new SessionEvent.Progress(0, 0);
    private long pausedAt;
    /** Not streaming before the engine has answered. */
    private UpstreamState state = UpstreamState.RECONNECTING;

    /** Why the end that was announced last comes; empty if none is announced. */
    private String announced = "";

    RecordingClock(RecordingLimits limits, Quota quota, TimeSource time) {
        this.limits = limits;
        this.quota = quota;
        this.time = time;
        long now = time.nanoTime();
        startedAt = now;
        frameAt = now;
        progressAt = now;
    }

    /** The recording is older than this process. */
    void restore(Instant began) {
        startedAt -= Duration.between(began, time.now()).toNanos();
    }

    /** As {@link TimeSource#nanoTime}. */
    long now() {
        return time.nanoTime();
    }

    /** For names and records. */
    Instant instant() {
        return time.now();
    }

    void onFrame(long now) {
        frameAt = now;
    }

    void onState(UpstreamState next) {
        if (next == UpstreamState.PAUSED && state != next) {
            pausedAt = time.nanoTime();
        }
        if (next != UpstreamState.PAUSED && state == UpstreamState.PAUSED) {
            announced = ""; // an announced end of the pause is off
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
    boolean progressDue(long now, SessionEvent.Progress progress) {
        return progressIsNew(progress) && since(progressAt, now).compareTo(PROGRESS) >= 0;
    }

    boolean progressIsNew(SessionEvent.Progress progress) {
        return !progress.equals(told);
    }

    void onProgress(long now, SessionEvent.Progress progress) {
        progressAt = now;
        told = progress;
    }

    /** Once for each reason, a minute before the recording ends by itself. */
    Optional<SessionEvent> announcement(long now) {
        Duration left = left(now);
        if (left.compareTo(OFF_AFTER) > 0) {
            announced = ""; // other recordings ended, and today's minutes last longer than they seemed to
        }
        if (left.compareTo(ANNOUNCED_BEFORE) > 0) {
            return Optional.empty();
        }
        String reason = reason(now);
        if (reason.equals(announced)) {
            return Optional.empty();
        }
        announced = reason;
        return Optional.of(new SessionEvent.EndAnnounced(state, Math.max(0, left.toMillis()) / 1e3, reason));
    }

    /** Why the recording ends by itself now. */
    Optional<String> expiry(long now) {
        return left(now).compareTo(Duration.ZERO) > 0 ? Optional.empty() : Optional.of(reason(now));
    }

    private Duration left(long now) {
        Duration left = min(durationLeft(now), quota.minutesLast());
        return state == UpstreamState.PAUSED ? min(left, pauseLeft(now)) : left;
    }

    private Duration durationLeft(long now) {
        return limits.maxDuration().minus(since(startedAt, now));
    }

    private Duration pauseLeft(long now) {
        return limits.maxPause().minus(since(pausedAt, now));
    }

    private String reason(long now) {
        Duration left = left(now);
        if (left.equals(durationLeft(now))) {
            return "A recording lasts at most " + limits.maxDuration() + " (SESSION_MAX_DURATION).";
        }
        return state == UpstreamState.PAUSED && left.equals(pauseLeft(now))
                ? "A recording may be paused for at most " + limits.maxPause() + " (SESSION_MAX_PAUSE)."
                : quota.minutes().rule();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration since(long then, long now) {
        return Duration.ofNanos(now - then);
    }
}
