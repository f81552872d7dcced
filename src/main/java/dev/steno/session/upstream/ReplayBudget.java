package dev.steno.session.upstream;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that all recordings of a node may use for audio that may be needed again. Thread-safe. */
public final class ReplayBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** @param limit bytes */
    public ReplayBudget(long limit) {
        this.limit = limit;
    }

    /** Takes {@code bytes} if the budget has them. */
    boolean reserve(long bytes) {
        long before = used.get();
        while (before + bytes <= limit) {
            if (used.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = used.get();
        }
        return false;
    }

    /** Takes {@code bytes} even beyond the limit: a recording without any buffer could not run at all. */
    void take(long bytes) {
        used.addAndGet(bytes);
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
