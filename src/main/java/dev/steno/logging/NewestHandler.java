package dev.steno.logging;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Passes records on only while no other application log was installed after it: two deployments of Steno in one JVM
 * share the JUL logger, and each line must be written once. When the newer one is gone, this one writes again.
 */
final class NewestHandler extends Handler {
    private final Logger logger;
    private final Handler writer;

    NewestHandler(Logger logger, Handler writer) {
        this.logger = logger;
        this.writer = writer;
    }

    /** By name, because the other one's class has another class loader. */
    static Stream<Handler> installed(Logger logger) {
        return Stream.of(logger.getHandlers())
                .filter(handler -> handler.getClass().getName().equals(NewestHandler.class.getName()));
    }

    @Override
    public void publish(LogRecord record) {
        if (installed(logger)
                .reduce((older, newer) -> newer)
                .filter(newest -> newest == this)
                .isPresent()) {
            writer.publish(record);
        }
    }

    @Override
    public void flush() {
        writer.flush();
    }

    @Override
    public void close() {
        writer.close();
    }
}
