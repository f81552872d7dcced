package dev.steno.logging;

import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.StreamHandler;

/** Writes each record at once as one line of JSON. */
final class JsonHandler extends StreamHandler {
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
    public synchronized void publish(LogRecord record) {
        super.publish(record);
        flush();
    }

    @Override
    public synchronized void close() {
        flush();
    }
}
