package dev.steno.logging;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What Payara and GlassFish log with a stack whenever a client causes it, before Steno is asked: one of a kind in a
 * minute, with the number of the others. A client that sends thousands would fill the log.
 */
final class RepeatedFailures implements Filter {
    /** Held here, because JUL forgets the filter of a logger that nobody holds. */
    private final Logger logger;

    private final Predicate<LogRecord> kind;
    private final String what;
    private final LinePerMinute lines;

    /**
     * @param kind which entries of the logger are meant
     * @param what they are, for the log
     */
    private RepeatedFailures(String logger, Predicate<LogRecord> kind, String what, LongSupplier nanoTime) {
        this.logger = Logger.getLogger(logger);
        this.kind = kind;
        this.what = what;
        lines = new LinePerMinute(nanoTime);
    }

    static List<RepeatedFailures> ofServers(LongSupplier nanoTime) {
        return List.of(
                new RepeatedFailures(
                        "org.glassfish.grizzly.nio.SelectorRunner",
                        entry -> entry.getThrown() instanceof RejectedExecutionException,
                        "Connections closed because no thread was free for them",
                        nanoTime),
                new RepeatedFailures(
                        "org.glassfish.grizzly.filterchain.DefaultFilterChain",
                        entry -> entry.getThrown() != null,
                        "Connections closed because the server could not read what came",
                        nanoTime),
                new RepeatedFailures(
                        "jakarta.enterprise.web.core",
                        entry -> "AS-WEB-CORE-00037".equals(entry.getMessage()), // of CoyoteAdapter
                        "Requests that the server could not process",
                        nanoTime));
    }

    /** In force until {@link #remove}; what an operator has set stays. */
    void begin() {
        Filter set = logger.getFilter();
        if (set == null || set.getClass().getName().equals(getClass().getName())) { // perhaps another deployment's
            logger.setFilter(this);
        }
    }

    /** The server's logger outlives the application, and would keep its classes in memory. */
    void remove() {
        if (logger.getFilter() == this) {
            logger.setFilter(null);
        }
    }

    @Override
    public boolean isLoggable(LogRecord entry) {
        if (!kind.test(entry)) {
            return true;
        }
        long times = lines.count();
        if (times == 0) {
            return false;
        }
        entry.setMessage(what + ": " + times + ". The last one:");
        return true;
    }
}
