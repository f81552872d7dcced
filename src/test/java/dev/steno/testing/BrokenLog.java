package dev.steno.testing;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** While it is open, a class cannot log: as on a server that took away classes which the log needs. */
public final class BrokenLog extends Handler implements AutoCloseable {
    private final Logger logger;
    private int records;

    public BrokenLog(Class<?> of) {
        logger = Logger.getLogger(of.getName());
        logger.addHandler(this);
    }

    /** How many could not be logged. */
    public int records() {
        return records;
    }

    @Override
    public void publish(LogRecord ignored) {
        records++;
        throw new NoClassDefFoundError("what the log needs");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
