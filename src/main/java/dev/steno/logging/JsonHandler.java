package dev.steno.logging;

import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.StreamHandler;

/**
 * Writes each record at once as one line of JSON, as it was logged: GlassFish 7 puts the values into the message after it
 * asked whether the record is loggable, and the names of the fields would be lost with the {@code name={0}}.
 */
final class JsonHandler extends StreamHandler {
    /** What the thread was asked about and has not published yet. */
    private static final ThreadLocal<LogRecord> ASKED = new ThreadLocal<>();

    /** @param out never closed: it is the process's own */
    JsonHandler(OutputStream out) {
        super(out, new JsonFormatter());
        setLevel(Level.ALL); // the logger decides
        try {
            setEncoding(StandardCharsets.UTF_8.name());
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e); // every JVM has it
        }
    }

    @Override
    public boolean isLoggable(LogRecord record) {
        boolean loggable = super.isLoggable(record);
        if (loggable && !same(ASKED.get(), record)) {
            ASKED.set(copy(record));
        }
        return loggable;
    }

    @Override
    public synchronized void publish(LogRecord record) {
        try {
            if (isLoggable(record)) {
                super.publish(ASKED.get());
                flush();
            }
        } finally {
            ASKED.remove();
        }
    }

    @Override
    public synchronized void close() {
        flush();
    }

    /** GlassFish wraps records that are not its own, and keeps their number. */
    private static boolean same(LogRecord asked, LogRecord record) {
        return asked != null && asked.getSequenceNumber() == record.getSequenceNumber();
    }

    private static LogRecord copy(LogRecord record) {
        LogRecord copy = new LogRecord(record.getLevel(), record.getMessage());
        copy.setSequenceNumber(record.getSequenceNumber());
        copy.setLoggerName(record.getLoggerName());
        copy.setInstant(record.getInstant());
        copy.setParameters(record.getParameters());
        copy.setThrown(record.getThrown());
        return copy;
    }
}
