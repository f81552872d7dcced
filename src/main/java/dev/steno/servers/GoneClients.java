package dev.steno.servers;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What the log says of requests whose client is gone before it was answered: one line a minute, whoever causes them. A
 * server logs a warning with a stack for each, a hundred times what the request took to send.
 */
final class GoneClients {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private static final System.Logger LOG = System.getLogger(GoneClients.class.getName());

    private final LongSupplier nanoTime;
    private final AtomicLong unsaid = new AtomicLong();
    private final AtomicLong next;

    GoneClients(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        next = new AtomicLong(nanoTime.getAsLong());
    }

    /** @return whether the log says it now */
    boolean gone(IOException failure) {
        long waiting = unsaid.incrementAndGet();
        long now = nanoTime.getAsLong();
        long due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + MINUTE_NANOS)) {
            return false;
        }
        unsaid.addAndGet(-waiting);
        LOG.log(
                System.Logger.Level.INFO,
                "{0} requests could not be answered, because their connections failed. The last one: {1}",
                waiting,
                failure.toString());
        return true;
    }
}
