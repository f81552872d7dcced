package dev.steno.session.mailbox;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Runs the tasks of one session one after another, in the order in which they were given. At most one thread is busy with
 * a session at a time, and none while nothing is to do: the thread that brought a client's frame, if the session is idle,
 * else one of a shared executor. Tasks are short and never block.
 */
public final class SessionWorker {
    /** Tasks in one turn, so that a session with much to do lets others have the thread. */
    private static final int TURN = 64;

    private static final System.Logger LOG = System.getLogger(SessionWorker.class.getName());

    private final Executor executor;
    private final int clientLimit;
    private final Consumer<Throwable> onFault;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean scheduled;

    /**
     * @param clientLimit waiting tasks beyond which {@link #offer} refuses
     * @param onFault hears, on the worker, of a task that threw
     */
    public SessionWorker(Executor executor, int clientLimit, Consumer<Throwable> onFault) {
        this.executor = executor;
        this.clientLimit = clientLimit;
        this.onFault = onFault;
    }

    /**
     * For what a client sends: refused, with {@code false}, when too much is waiting. Runs on the caller's thread if the
     * session has nothing else to do, which spares a switch of threads for each chunk of audio.
     */
    public boolean offer(Runnable task) {
        synchronized (tasks) {
            if (tasks.size() >= clientLimit) {
                return false;
            }
            tasks.add(task);
            if (scheduled) {
                return true;
            }
            scheduled = true;
        }
        drain();
        return true;
    }

    /** For events from inside, whose number is bounded by the audio and the time that cause them. */
    public void submit(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        schedule();
    }

    /** For what may wait, and is done again and again: on a thread of the executor, and not while there is anything to do. */
    public void submitIfIdle(Runnable task) {
        synchronized (tasks) {
            if (scheduled) {
                return;
            }
            tasks.add(task);
            scheduled = true;
        }
        schedule();
    }

    private void schedule() {
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            // The server is going down or overloaded; the next task tries again, and journals cover the rest.
            synchronized (tasks) {
                scheduled = false;
            }
            LOG.log(System.Logger.Level.WARNING, "The server refused to run a session task: " + e.getMessage());
        }
    }

    private void drain() {
        for (int done = 0; done < TURN; done++) {
            Runnable task;
            synchronized (tasks) {
                task = tasks.poll();
                if (task == null) {
                    scheduled = false;
                    return;
                }
            }
            run(task);
        }
        schedule();
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            // The boundary of a thread: one broken session must not harm another. A server that stops may have taken
            // away classes.
            handle(e);
        }
    }

    private void handle(Throwable fault) {
        try {
            onFault.accept(fault);
        } catch (RuntimeException | LinkageError e) {
            report(e);
        }
    }

    private static void report(Throwable fault) {
        try {
            LOG.log(System.Logger.Level.ERROR, "A session could not handle its own fault.", fault);
        } catch (RuntimeException | LinkageError e) {
            // The log is what fails. The worker must go on: nobody else would run the session's tasks.
        }
    }
}
