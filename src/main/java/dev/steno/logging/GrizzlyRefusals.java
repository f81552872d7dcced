package dev.steno.logging;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What the log says of connections that Payara and GlassFish refuse while all their threads are busy and their queue is
 * full: one of them a minute, with the number of the others. Grizzly logs each with a stack, in the thread that reads
 * all connections, so that a client which opens thousands fills the log.
 */
final class GrizzlyRefusals implements Filter {
    /** Held here, because JUL forgets the filter of a logger that nobody holds. */
    private static final Logger LOGGER = Logger.getLogger("org.glassfish.grizzly.nio.SelectorRunner");

    private final LinePerMinute lines;

    GrizzlyRefusals(LongSupplier nanoTime) {
        lines = new LinePerMinute(nanoTime);
    }

    /** In force until {@link #remove}; what an operator has set stays. */
    void begin() {
        Filter set = LOGGER.getFilter();
        if (set == null || set.getClass().getName().equals(getClass().getName())) { // perhaps another deployment's
            LOGGER.setFilter(this);
        }
    }

    /** The server's logger outlives the application, and would keep its classes in memory. */
    void remove() {
        if (LOGGER.getFilter() == this) {
            LOGGER.setFilter(null);
        }
    }

    @Override
    public boolean isLoggable(LogRecord entry) {
        if (!(entry.getThrown() instanceof RejectedExecutionException)) {
            return true;
        }
        long connections = lines.count();
        if (connections == 0) {
            return false;
        }
        entry.setMessage("Connections closed because no thread was free for them: " + connections + ". The last one: "
                + entry.getMessage());
        return true;
    }
}
