package dev.steno.quota;

import dev.steno.caller.Caller;
import dev.steno.configuration.Settings;
import dev.steno.recognition.RecognizerSelector;
import dev.steno.transcript.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Counts what is used of this node, by whom, and refuses what is too much. Thread-safe; no method blocks. */
@ApplicationScoped
public class Quota {
    private final QuotaLimits limits;
    private final DailyMinutes minutes;
    private final LongSupplier nanoTime;
    private final SharedUsage shared;
    /** By account; who has nothing and did nothing in the last minute is forgotten. */
    private final Map<String, CallerUsage> callers = new HashMap<>();

    private int recordings;
    private int sockets;

    /** For the container's proxy only. */
    protected Quota() {
        limits = null;
        minutes = null;
        nanoTime = null;
        shared = null;
    }

    @Inject
    public Quota(Settings settings, RecognizerSelector selector, DailyMinutes minutes, SharedUsage shared) {
        this(settings, selector.selected().recordingLimit(), minutes, System::nanoTime, shared);
    }

    /** @param recordings what the engine suggests for {@code SESSION_LIMIT} */
    public Quota(Settings settings, int recordings, DailyMinutes minutes, LongSupplier nanoTime) {
        this(settings, recordings, minutes, nanoTime, SharedUsage.UNSHARED);
    }

    /** @param shared what callers have on all nodes together */
    Quota(Settings settings, int recordings, DailyMinutes minutes, LongSupplier nanoTime, SharedUsage shared) {
        this.shared = shared;
        this.limits = QuotaLimits.from(settings, recordings);
        this.minutes = minutes;
        this.nanoTime = nanoTime;
    }

    /** @return why the caller may not open another connection now; empty if it may */
    public synchronized Optional<String> connectionRefusal(Caller caller) {
        CallerUsage usage = callers.get(caller.account());
        return usage == null || usage.sockets < limits.callerSockets()
                ? Optional.empty()
                : Optional.of("There are " + usage.sockets + " connections " + caller.account()
                        + " already. Close some, or raise CALLER_SOCKETS.");
    }

    /** @return why not; empty if the connection counts now, until {@link #closeConnection} */
    public synchronized Optional<String> openConnection(Caller caller) {
        Optional<String> refusal = connectionRefusal(caller);
        if (refusal.isEmpty()) {
            sockets++;
            usage(caller).sockets++;
        }
        return refusal;
    }

    public synchronized void closeConnection(Caller caller) {
        sockets--;
        usage(caller).sockets--;
        forgetIdle();
    }

    /**
     * Asks this node and then, where there are several, all nodes. On a single node the answer is there at once.
     *
     * @return completes with why not, and what to do; empty if the recording counts now, until {@link #end}. Never
     *     fails
     */
    public CompletionStage<Optional<String>> begin(Caller caller, SessionId recording) {
        Optional<String> refusal = beginRecording(caller);
        if (refusal.isPresent()) {
            return CompletableFuture.completedStage(refusal);
        }
        return minutes.share()
                .thenCompose(heard -> beginOnAllNodes(caller, recording))
                .thenApply(refused -> {
                    if (refused.isPresent()) {
                        end(caller, recording);
                    }
                    return refused;
                });
    }

    private CompletionStage<Optional<String>> beginOnAllNodes(Caller caller, SessionId recording) {
        if (minutes.usedUp()) {
            return CompletableFuture.completedStage(Optional.of(minutes.rule()));
        }
        return shared.begin(caller, recording, limits.sharedRecordings(), limits.sharedStartsPerMinute())
                .thenApply(answer -> refusal(caller, answer));
    }

    private synchronized Optional<String> refusal(Caller caller, SharedUsage.Answer answer) {
        if (answer instanceof SharedUsage.Answer.TooMany many) {
            return Optional.of(tooMany(many.recordings(), caller));
        } else if (answer instanceof SharedUsage.Answer.TooOften often) {
            return Optional.of(tooOften(often.retryAfter(), caller));
        } else if (answer instanceof SharedUsage.Answer.Alone alone) {
            int share = Math.max(1, limits.sharedRecordings() / alone.nodes());
            int others = usage(caller).recordings - 1; // this one is counted already
            return others < share ? Optional.empty() : Optional.of(tooMany(others, caller));
        }
        return Optional.empty();
    }

    /** The recording counts no more. */
    public void end(Caller caller, SessionId recording) {
        endRecording(caller);
        shared.end(caller, recording);
    }

    /** @return why not, and what to do; empty if the recording counts now, until {@link #endRecording} */
    public synchronized Optional<String> beginRecording(Caller caller) {
        CallerUsage usage = usage(caller);
        long now = nanoTime.getAsLong();
        Optional<String> refusal = refusal(caller, usage, now);
        if (refusal.isEmpty()) {
            recordings++;
            usage.started(now);
        }
        return refusal;
    }

    /** Whether the caller could record if fewer recordings ran. */
    public synchronized boolean isFullFor(Caller caller) {
        return recordings >= limits.recordings() || usage(caller).recordings >= limits.callerRecordings();
    }

    /** A recording goes on that had its place in a process that is gone: it is not refused, and counts as any other. */
    public void resumeRecording(Caller caller, SessionId recording) {
        synchronized (this) {
            recordings++;
            usage(caller).recordings++;
        }
        shared.resume(caller, recording);
    }

    private Optional<String> refusal(Caller caller, CallerUsage usage, long now) {
        if (minutes.usedUp()) {
            return Optional.of(minutes.rule());
        }
        if (recordings >= limits.recordings()) {
            return Optional.of("All " + limits.recordings() + " recordings that this server can run at once are taken. "
                    + "Try again in a minute, or raise SESSION_LIMIT.");
        }
        if (usage.recordings >= limits.callerRecordings()) {
            return Optional.of(tooMany(usage.recordings, caller));
        }
        Duration wait = usage.untilNextStart(now);
        return wait.compareTo(Duration.ZERO) <= 0 ? Optional.empty() : Optional.of(tooOften(wait, caller));
    }

    private static String tooMany(long recordings, Caller caller) {
        return "There are " + recordings + " recordings " + caller.account()
                + " already, as many as one caller may have. Stop one, or raise CALLER_LIMIT.";
    }

    private static String tooOften(Duration wait, Caller caller) {
        return "Too many recordings were started " + caller.account() + " in the last minute. Try again in "
                + (wait.toSeconds() + 1) + " s, or raise CALLER_STARTS_PER_MINUTE.";
    }

    public synchronized void endRecording(Caller caller) {
        recordings--;
        usage(caller).recordings--;
        forgetIdle();
        minutes.saveSoon();
        minutes.share();
    }

    public int recordingLimit() {
        return limits.recordings();
    }

    public synchronized int recordings() {
        return recordings;
    }

    /** Open connections, those without a recording included. */
    public synchronized int connections() {
        return sockets;
    }

    /** What today's recordings may cost. */
    public DailyMinutes minutes() {
        return minutes;
    }

    /** When today's minutes are used up, if all recordings go on as they do now. */
    public synchronized Duration minutesLast() {
        return minutes.left().dividedBy(Math.max(1, recordings));
    }

    private CallerUsage usage(Caller caller) {
        return callers.computeIfAbsent(
                caller.account(), account -> new CallerUsage(limits.callerStartsPerMinute(), nanoTime.getAsLong()));
    }

    private void forgetIdle() {
        long now = nanoTime.getAsLong();
        callers.values().removeIf(usage -> usage.forgettable(now));
    }
}
