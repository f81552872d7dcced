package dev.steno.logging;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Counts what a stranger can cause as often as they like, so that the log says it once a minute. By any thread. */
public final class LinePerMinute {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final LongSupplier nanoTime;
    private final AtomicLong unsaid = new AtomicLong();
    private final AtomicLong next;

    /** @param nanoTime as {@link System#nanoTime} */
    public LinePerMinute(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        next = new AtomicLong(nanoTime.getAsLong());
    }

    /** It happened again. @return how often it did since the log last said it, if the log is to say it now; else 0 */
    public long count() {
        long waiting = unsaid.incrementAndGet();
        long now = nanoTime.getAsLong();
        long due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + MINUTE_NANOS)) {
            return 0;
        }
        unsaid.addAndGet(-waiting);
        return waiting;
    }
}
