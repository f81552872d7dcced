package dev.steno.servers;

import jakarta.servlet.AsyncContext;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends asynchronous responses. Payara and GlassFish answer a request that came together with the one before it while they
 * complete that one, on the same stack, which is full after some hundreds of them. So each of those is completed on another
 * thread, after the server has let go of it.
 */
final class Completions {
    /** What completes a response there. */
    private static final String CATALINA = "org.apache.catalina.connector.AsyncContextImpl";

    /** Before it lets go, the server would complete it on its own stack. */
    private static final int AFTER_MILLIS = 5;

    private static final System.Logger LOG = System.getLogger(Completions.class.getName());

    private final ScheduledExecutorService threads;

    Completions(ScheduledExecutorService threads) {
        this.threads = threads;
    }

    void complete(AsyncContext context) {
        if (!isWithinAnother()) {
            end(context);
            return;
        }
        try {
            Future<?> unused = threads.schedule(() -> end(context), AFTER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) { // the application ends
            end(context);
        }
    }

    private static void end(AsyncContext context) {
        try {
            context.complete();
        } catch (RuntimeException e) { // servers throw IllegalStateException once the response is over
            LOG.log(System.Logger.Level.DEBUG, "The response was over already: {0}", e.toString());
        }
    }

    private static boolean isWithinAnother() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(CATALINA)));
    }
}
