package dev.steno.logging;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Hands every record on to the server's handlers, as JUL itself would. Text from outside that would begin a line of its
 * own, or play with the terminal that shows it, is escaped on the way: nobody can write into the log what Steno did not
 * say.
 */
final class OneLineHandler extends Handler {
    private final Logger logger;
    private final Formatter formatter = new SimpleFormatter();

    /** @param logger whose parents' handlers write */
    OneLineHandler(Logger logger) {
        this.logger = logger;
    }

    @Override
    public void publish(LogRecord record) {
        LogRecord clean = clean(record);
        for (Logger above = logger.getParent(); above != null; above = above.getParent()) {
            for (Handler handler : above.getHandlers()) {
                handler.publish(clean);
            }
            if (!above.getUseParentHandlers()) {
                return;
            }
        }
    }

    /** The record itself where there is nothing to escape, so that the server sees all that it knows about it. */
    private LogRecord clean(LogRecord record) {
        String message = formatter.formatMessage(record);
        Throwable thrown = thrown(record);
        if (thrown == null && Escapes.unneeded(message)) {
            return record;
        }
        LogRecord clean = new LogRecord(record.getLevel(), Escapes.of(message));
        clean.setLoggerName(record.getLoggerName());
        clean.setInstant(record.getInstant());
        clean.setLongThreadID(record.getLongThreadID());
        clean.setThrown(OneLineThrowable.of(thrown));
        return clean;
    }

    private static Throwable thrown(LogRecord record) {
        return LogEvent.of(record).flatMap(LogEvent::thrown).orElse(record.getThrown());
    }

    @Override
    public void flush() {
        // The server's handlers see to it themselves.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
