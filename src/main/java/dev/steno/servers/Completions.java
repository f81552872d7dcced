package dev.steno.servers;

import jakarta.servlet.AsyncContext;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends asynchronous responses, each once. Payara and GlassFish have two peculiarities. They answer a request that came
 * together with the one before it while they complete that one, on the same stack, which is full after some hundreds of
 * them. And they use the objects of a completed request for the next one, even if the thread that began it is still on
 * its way out: two clients then share a request. So what does not end on the thread that began it ends a little later.
 */
final class Completions {
    /** What completes a response there. */
    private static final String CATALINA = "org.apache.catalina.connector.AsyncContextImpl";

    /** For a thread of a busy machine to leave the server's code; twice, in case the whole process stood still in one. */
    private static final int AFTER_MILLIS = 250;

    private static final System.Logger LOG = System.getLogger(Completions.class.getName());

    private final ScheduledExecutorService threads;

    Completions(ScheduledExecutorService threads) {
        this.threads = threads;
    }

    /** To be called by the thread that began it. */
    Completion of(AsyncContext context) {
        return new Completion(context);
    }

    /** The end of one response. */
    final class Completion {
        private final AsyncContext context;
        private final Thread begunBy = Thread.currentThread();
        private final AtomicBoolean isAsked = new AtomicBoolean();
        private final AtomicBoolean isOver = new AtomicBoolean();

        private Completion(AsyncContext context) {
            this.context = context;
        }

        /** The content is sent, or the client is gone. */
        void complete() {
            if (!isAsked.compareAndSet(false, true)) {
                return;
            }
            if (Thread.currentThread().equals(begunBy) && !isWithinAnother()) {
                now();
                return;
            }
            later(() -> later(this::now));
        }

        private void later(Runnable step) {
            try {
                Future<?> unused = threads.schedule(step, AFTER_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) { // the application ends
                now();
            }
        }

        /** The server is about to end it by itself. */
        void now() {
            if (isOver.compareAndSet(false, true)) {
                try {
                    context.complete();
                } catch (RuntimeException e) { // servers throw IllegalStateException once the response is over
                    LOG.log(System.Logger.Level.DEBUG, "The response was over already: {0}", e.toString());
                }
            }
        }

        /** The server has ended it. */
        void over() {
            isOver.set(true);
        }
    }

    private static boolean isWithinAnother() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(CATALINA)));
    }
}
