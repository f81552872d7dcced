package dev.steno.logging;

import dev.steno.configuration.Settings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Logger;

/**
 * The log of everything below {@code dev.steno}, which the JDK brings to JUL on every server. As {@code text}, the
 * default, it goes where the server writes; as {@code json} to the standard output of the process, one object a line,
 * past the server, which would put it into lines of its own. Of several deployments in one JVM the newest one's
 * settings are in force for all.
 */
public final class ApplicationLog {
    private static final String FORMAT = "LOG_FORMAT";

    /** Held here, because JUL keeps loggers by weak reference and would forget what was set. */
    private final Logger logger;

    private final Handler handler;
    private final List<RepeatedFailures> ofServer = RepeatedFailures.ofServers(System::nanoTime);

    ApplicationLog(Logger logger, Handler writer) {
        this.logger = logger;
        this.handler = new NewestHandler(logger, writer);
    }

    /** From {@code LOG_FORMAT} and {@code LOG_LEVEL}; in force until {@link #remove}. */
    public static ApplicationLog install(Settings settings) {
        Logger steno = Logger.getLogger("dev.steno");
        steno.setLevel(LogLevel.parse(settings));
        boolean json = settings.choice(FORMAT, "text", "text", "json").equals("json");
        ApplicationLog log = new ApplicationLog(
                steno, json ? new JsonHandler(new FileOutputStream(FileDescriptor.out)) : new OneLineHandler(steno));
        log.begin();
        return log;
    }

    void begin() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        ofServer.forEach(RepeatedFailures::begin);
    }

    /** Another deployment's log is in charge again, or else the server's handlers. May be called more than once. */
    public void remove() {
        ofServer.forEach(RepeatedFailures::remove);
        logger.removeHandler(handler);
        logger.setUseParentHandlers(NewestHandler.installed(logger).findAny().isEmpty());
        handler.flush();
    }
}
