package dev.steno.access;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Logs refused requests of one kind without letting callers fill the log: a few lines a minute for one address, some
 * more for all addresses, and of the rest only their number. The number is logged with the first refusal after the
 * minute, or at the end. Thread-safe.
 */
final class RefusalLog {
    /** Enough to see what somebody tries, or what is configured wrongly. */
    static final int LINES_OF_ONE = 10;

    /** About what a busy node logs of its recordings. */
    static final int LINES = 100;

    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

    private static final System.Logger LOG = System.getLogger(RefusalLog.class.getName());

    private final String kind;
    private final LongSupplier nanoTime;
    private final BiConsumer<String, Object[]> log;
    /** Refusals of this minute by address; at most {@link #LINES} addresses, because each has a line. */
    private final Map<String, Integer> refusals = new HashMap<>();

    private long began;
    private int lines;
    private int silent;

    /** @param kind of request, as in the log: handshake, sign-in */
    RefusalLog(String kind) {
        this(kind, System::nanoTime, (pattern, values) -> LOG.log(Level.INFO, pattern, values));
    }

    /** @param log takes a pattern and what to put into it */
    RefusalLog(String kind, LongSupplier nanoTime, BiConsumer<String, Object[]> log) {
        this.kind = kind;
        this.nanoTime = nanoTime;
        this.log = log;
        began = nanoTime.getAsLong();
    }

    /** @param caller whose refusals are counted together */
    synchronized void refused(String caller, String address, String why) {
        long now = nanoTime.getAsLong();
        if (now - began >= WINDOW_NANOS) {
            summarize();
            began = now;
        }
        int before = refusals.getOrDefault(caller, 0);
        if (before > 0 || lines < LINES) {
            refusals.put(caller, before + 1);
        }
        if (before < LINES_OF_ONE && lines < LINES) {
            lines++;
            log.accept(
                    "Refused a " + kind + " from {0}: {1}", new Object[] {address, why.replaceAll("\\p{Cntrl}", "?")});
        } else {
            silent++;
        }
    }

    /** Logs how many refusals had no line, and begins anew. */
    synchronized void summarize() {
        if (silent > 0) {
            Map.Entry<String, Integer> most = refusals.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow();
            log.accept(
                    "Refused {0} more " + kind + "s within a minute; most refusals, {1}, were of {2}.",
                    new Object[] {Integer.toString(silent), most.getValue().toString(), most.getKey()});
        }
        refusals.clear();
        lines = 0;
        silent = 0;
    }
}
