package dev.steno.threads;

import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Makes the threads of the pools and sees to it that each of them runs. A server may hand out a thread that never does:
 * Payara's returns without a word when it was asked for by a request to another web module (its own health address),
 * GlassFish's ends with an exception while a deployment is committed. The pool would count such a thread as alive and
 * wait for it for ever.
 */
final class ThreadStarts {
    /** A thread that runs does so within milliseconds; on a busy machine within this. */
    static final long PATIENCE_NANOS = 1_000_000_000L;

    private static final long AGAIN_MILLIS = 500;

    private static final System.Logger LOG = System.getLogger(ThreadStarts.class.getName());

    private final ThreadFactory factory;
    private final LongSupplier nanoTime;
    private final Queue<Start> pending = new ConcurrentLinkedQueue<>();

    ThreadStarts(ThreadFactory factory, LongSupplier nanoTime) {
        this.factory = factory;
        this.nanoTime = nanoTime;
    }

    /** @return the factory of one pool, whose threads are named after its work */
    ThreadFactory named(String work) {
        return task -> {
            Start start = new Start(work, task);
            try {
                Thread thread = start.thread();
                pending.add(start);
                return thread;
            } catch (IllegalStateException e) {
                throw new RejectedExecutionException("The server gives no more threads: it is going down.", e);
            }
        };
    }

    /** Starts another thread for each that does not run yet. Of two for one start, the second one ends at once. */
    void startPending() {
        pending.removeIf(start -> start.begun.get());
        pending.forEach(this::startAgain);
    }

    /**
     * Starts another thread for each that should run by now and does not. The new ones belong to the caller's context.
     */
    void startMissing() {
        pending.removeIf(start -> start.begun.get());
        long now = nanoTime.getAsLong();
        pending.stream().filter(start -> now - start.at >= PATIENCE_NANOS).forEach(this::startAgain);
    }

    private void startAgain(Start start) {
        LOG.log(Level.DEBUG, "The server did not run a thread for {0}; another one is started.", start.work);
        start.at = nanoTime.getAsLong();
        try {
            start.thread().start();
        } catch (IllegalStateException | OutOfMemoryError e) { // the latter: the system gives no more threads for now
            LOG.log(Level.DEBUG, "The server gives no more threads; it may be going down.", e);
        }
    }

    private void ended(Start start, Throwable fault) {
        if (start.begun.get()) {
            LOG.log(Level.ERROR, "A thread ended by a fault in Steno itself; please report it.", fault);
        } else {
            LOG.log(Level.DEBUG, "The server could not set up a thread; another one is started soon.", fault);
            CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(() -> startAgain(start));
        }
    }

    /** What one thread of a pool does, whichever thread comes to it first. */
    private final class Start implements Runnable {
        private final String work;
        private final Runnable task;
        private final AtomicBoolean begun = new AtomicBoolean();
        private volatile long at = nanoTime.getAsLong();

        Start(String work, Runnable task) {
            this.work = work;
            this.task = task;
        }

        Thread thread() {
            Thread thread = factory.newThread(this);
            thread.setName("steno-" + work + "-" + thread.getId());
            thread.setUncaughtExceptionHandler((ended, fault) -> ended(this, fault));
            return thread;
        }

        @Override
        public void run() {
            if (begun.compareAndSet(false, true)) {
                task.run();
            }
        }
    }
}
