package dev.steno.session.mailbox;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Runs the tasks of one session one after another, in the order in which they were given. At most one thread is busy
 * with a session at a time, and none while nothing is to do: the thread that brought a client's frame, if the session
 * is idle, else one of a shared executor. Tasks are short and never block. Whatever a task or the executor throws, the
 * next task runs.
 */
public final class SessionWorker {
    /** Tasks in one turn, so that a session with much to do lets others have the thread. */
    private static final int TURN = 64;

    private static final System.Logger LOG = System.getLogger(SessionWorker.class.getName());

    private final Executor executor;
    private final int clientLimit;
    private final Consumer<Throwable> onFault;
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    // Both are guarded by the lock of tasks.
    private Turn current;
    private boolean refusing;

    /**
     * @param clientLimit waiting tasks beyond which {@link #offer} refuses
     * @param onFault hears, on the worker, of a task that threw
     */
    public SessionWorker(Executor executor, int clientLimit, Consumer<Throwable> onFault) {
        this.executor = executor;
        this.clientLimit = clientLimit;
        this.onFault = onFault;
    }

    /** The right to run tasks. An executor that threw may run it all the same, when another one has taken its place. */
    private final class Turn implements Runnable {
        @Override
        public void run() {
            runTasks(this);
        }
    }

    /**
     * For what a client sends: refused, with {@code false}, when too much is waiting. Runs on the caller's thread if
     * the session has nothing else to do, which spares a switch of threads for each chunk of audio.
     */
    public boolean offer(Runnable task) {
        Turn turn;
        synchronized (tasks) {
            if (tasks.size() >= clientLimit) {
                return false;
            }
            refusing = false;
            tasks.add(task);
            turn = begin();
        }
        if (turn != null) {
            runTasks(turn);
        }
        return true;
    }

    /**
     * As {@link #offer(Runnable)}. All that is refused until something is taken again causes one run of {@code
     * refusal}.
     */
    public void offer(Runnable task, Runnable refusal) {
        if (!offer(task) && beginToRefuse()) {
            submit(refusal);
        }
    }

    private boolean beginToRefuse() {
        synchronized (tasks) {
            boolean first = !refusing;
            refusing = true;
            return first;
        }
    }

    /** For events from inside, whose number is bounded by the audio and the time that cause them. */
    public void submit(Runnable task) {
        Turn turn;
        synchronized (tasks) {
            tasks.add(task);
            turn = begin();
        }
        schedule(turn);
    }

    /**
     * For what may wait, and is done again and again: on a thread of the executor, and not while there is anything to
     * do.
     */
    public void submitIfIdle(Runnable task) {
        Turn turn;
        synchronized (tasks) {
            if (current != null) {
                return;
            }
            tasks.add(task);
            turn = begin();
        }
        schedule(turn);
    }

    /** Runs what is left over from when the executor refused; to be called now and then. */
    public void wake() {
        Turn turn;
        synchronized (tasks) {
            turn = tasks.isEmpty() ? null : begin();
        }
        schedule(turn);
    }

    /** @return the turn in which the waiting tasks are to be run; null if one has begun already */
    private Turn begin() {
        if (current != null) {
            return null;
        }
        current = new Turn();
        return current;
    }

    private void schedule(Turn turn) {
        if (turn == null) {
            return;
        }
        try {
            executor.execute(turn);
        } catch (Throwable e) {
            // The server goes down, or has no thread left. The next task or wake() tries again; journals cover the
            // rest.
            synchronized (tasks) {
                current = current == turn ? null : current;
            }
            report("The server refused to run a session task; it will be tried again.", e);
        }
    }

    private void runTasks(Turn turn) {
        for (int done = 0; done < TURN; done++) {
            Runnable task;
            synchronized (tasks) {
                if (current != turn) {
                    return;
                }
                task = tasks.poll();
                if (task == null) {
                    current = null;
                    return;
                }
            }
            run(task);
        }
        schedule(turn);
    }

    /** The boundary of a thread: one broken session must not harm another, nor one broken task the next. */
    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            handle(e);
        }
    }

    private void handle(Throwable fault) {
        try {
            onFault.accept(fault);
        } catch (Throwable e) {
            report("A session could not handle its own fault.", e);
        }
    }

    private static void report(String message, Throwable fault) {
        try {
            LOG.log(System.Logger.Level.ERROR, message, fault);
        } catch (Throwable e) {
            // The log is what fails. The worker must go on: nothing else would run the session's tasks.
        }
    }
}
