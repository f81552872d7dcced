package dev.steno.cluster.redis;

import dev.steno.cluster.ClusterSettings;
import dev.steno.logging.LogEvent;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells the store twice a second that this node lives, and knows whether the store answers. What else is to be renewed
 * with each beat joins in. Thread-safe.
 */
final class RedisHeart {
    /** An owner that was passed must know within a second. */
    private static final Duration BEAT = Duration.ofMillis(500);

    /** A node that is silent for so long is not counted any more; it may come back. */
    private static final Duration ALIVE = Duration.ofSeconds(10);

    /** So long without a beat, and this process stood still: what it owned may belong to others by now. */
    private static final long STALLED_NANOS = Duration.ofMillis(1_500).toNanos();

    /** Answers after which it knows what it owns: what the first one told is dealt with when the second one comes. */
    private static final int CERTAIN = 2;

    private static final System.Logger LOG = System.getLogger(RedisHeart.class.getName());

    private final RedisStore store;
    private final RedisKeys keys;
    private final ClusterSettings settings;
    private final Queue<Runnable> renewals = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> returns = new ConcurrentLinkedQueue<>();
    private volatile int nodes = 1;
    private volatile Boolean answers;
    private volatile long answersSince;
    private volatile boolean stopped;
    /** Of the last beat; 0 before the first. */
    private volatile long beatAt;

    private volatile long stalledAt;
    private volatile int doubts;

    RedisHeart(RedisStore store, RedisKeys keys, ClusterSettings settings) {
        this.store = store;
        this.keys = keys;
        this.settings = settings;
    }

    /** @param renewal called with each beat; must not block or throw */
    void onBeat(Runnable renewal) {
        renewals.add(renewal);
    }

    /** @param act called when the store answers again after it did not; must not block or throw */
    void onReturn(Runnable act) {
        returns.add(act);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a beat deals with every outcome
    void start(ScheduledExecutorService timer) {
        timer.scheduleWithFixedDelay(this::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** This node goes: others need not wait until it is missed. */
    void stop() {
        stopped = true;
        store.run(RedisScript.BEAT, List.of(keys.nodes()), List.of(settings.node(), "0"));
    }

    /** Whether the last beat was answered; false before the first. */
    boolean answers() {
        return Boolean.TRUE.equals(answers);
    }

    /** Whether the last beat was not answered; false before the first. Then nobody need wait for the store. */
    boolean isAway() {
        return Boolean.FALSE.equals(answers);
    }

    /** Whether every beat of this time was answered. */
    boolean answersFor(Duration time) {
        return answers() && System.nanoTime() - answersSince >= time.toNanos();
    }

    /**
     * Whether this process has lately asked what it owns. False after it stood still, until the store has answered, or
     * it is known that the store is away.
     */
    boolean isSure() {
        return doubts == 0 && (beatAt == 0 || System.nanoTime() - beatAt < STALLED_NANOS);
    }

    private synchronized void doubt(long now) {
        if (beatAt != 0 && now - beatAt >= STALLED_NANOS) {
            doubts = CERTAIN;
            stalledAt = now;
        }
        beatAt = now;
    }

    /** Answers to beats of before say nothing of what has happened since. */
    private synchronized void reassure(long beat) {
        if (doubts > 0 && beat - stalledAt >= 0) {
            doubts--;
        }
    }

    /** How many nodes there were when the store answered last, this one included. */
    int nodes() {
        return nodes;
    }

    void beat() {
        if (stopped) {
            return;
        }
        try {
            long now = System.nanoTime();
            doubt(now);
            renewals.forEach(Runnable::run);
            store.run(
                            RedisScript.BEAT,
                            List.of(keys.nodes()),
                            List.of(settings.node(), Long.toString(ALIVE.toMillis())))
                    .whenComplete((count, fault) -> {
                        onAnswer(count, fault);
                        reassure(now);
                    });
        } catch (RuntimeException | Error e) { // a timer forgets a task that throws
            LOG.log(Level.ERROR, "A fault in Steno itself while it told the cluster's store; please report it.", e);
        }
    }

    private void onAnswer(List<Object> count, Throwable fault) {
        Boolean before = answers;
        answers = fault == null;
        if (fault == null) {
            nodes = Math.max(1, ((Long) count.get(0)).intValue());
            if (!Boolean.TRUE.equals(before)) {
                answersSince = System.nanoTime();
                LogEvent.of("cluster_store_answers", "The cluster's store " + settings.store() + " answers")
                        .with("nodes", nodes)
                        .log(LOG, Level.INFO);
                returns.forEach(Runnable::run);
            }
        } else if (!Boolean.FALSE.equals(before)) {
            LOG.log(
                    Level.WARNING,
                    "The cluster''s store {0} does not answer. Recordings go on, kept on this node only; new ones have"
                            + " this node''s share of the limits. Check CLUSTER_URL and the store: {1}",
                    settings.store(),
                    RedisStore.cause(fault).getMessage());
        }
    }
}
