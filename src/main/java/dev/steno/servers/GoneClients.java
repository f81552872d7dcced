package dev.steno.servers;

import dev.steno.logging.LinePerMinute;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * What the log says of requests whose client is gone before it was answered: one line a minute, whoever causes them. A
 * server logs a warning with a stack for each, a hundred times what the request took to send.
 */
final class GoneClients {
    private static final System.Logger LOG = System.getLogger(GoneClients.class.getName());

    private final LinePerMinute lines;

    GoneClients(LongSupplier nanoTime) {
        lines = new LinePerMinute(nanoTime);
    }

    /** @return whether the log says it now */
    boolean gone(IOException failure) {
        long requests = lines.count();
        if (requests == 0) {
            return false;
        }
        LOG.log(
                System.Logger.Level.INFO,
                "{0} requests could not be answered, because their connections failed. The last one: {1}",
                requests,
                failure.toString());
        return true;
    }
}
