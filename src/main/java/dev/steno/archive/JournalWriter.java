package dev.steno.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Writes one journal file, a line after another, and forces each to disk. Once a write has failed, the file is broken
 * for good. Thread-safe; no method blocks or throws.
 */
final class JournalWriter {
    private static final System.Logger LOG = System.getLogger(JournalWriter.class.getName());

    /** Writes that wait for a disk that hangs: finals come every few seconds, so this is most of an hour. */
    private static final int MOST_WAITING = 1000;

    private final JournalFile file;
    private final Executor executor;
    private CompletableFuture<Void> lastTask = CompletableFuture.completedFuture(null);
    private int waiting;
    private IOException fault;

    /** @param executor runs the writes, which block */
    JournalWriter(JournalFile file, Executor executor) {
        this.file = file;
        this.executor = executor;
    }

    /** Runs a task after the lines that were given so far. Its faults are its own. */
    synchronized void run(Runnable task) {
        CompletableFuture<Void> before = lastTask;
        CompletableFuture<Void> done = before.exceptionally(broken -> null)
                .thenRunAsync(task, executor)
                .exceptionally(refused -> null);
        lastTask = before.runAfterBoth(done, () -> {});
    }

    /**
     * @param before runs immediately before the line is written
     * @return completes on the executor once the line is on disk; fails with IOException if it cannot be written
     */
    CompletionStage<Void> write(byte[] line, Runnable before) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        synchronized (this) {
            if (fault == null && waiting >= MOST_WAITING) {
                fault = new IOException("The journal's disk does not answer; " + waiting + " writes wait for it");
            }
            if (fault != null) {
                return CompletableFuture.failedFuture(fault);
            }
            waiting++;
            lastTask = lastTask.thenRunAsync(() -> append(line, before), executor)
                    .whenComplete((done, error) -> onWritten(written, error));
        }
        return written;
    }

    /** Whether all that was given so far, once written, can be read back with {@link JournalFile#read}. */
    synchronized boolean sound() {
        return fault == null && file.exists();
    }

    /** Completes when all that was asked for until now is done, or has failed. */
    synchronized CompletionStage<Void> settled() {
        return lastTask.handle((done, error) -> null);
    }

    /** Keeps the finals readable when the journal is gone. @return fails with IOException where that is not possible */
    synchronized CompletionStage<KeptFinals> keep() {
        if (fault != null || !file.exists()) {
            return CompletableFuture.failedFuture(new IOException("There is no sound journal"));
        }
        return lastTask.thenApplyAsync(
                written -> {
                    try {
                        return new KeptFinals(file.keep(), executor);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                executor);
    }

    private void append(byte[] line, Runnable before) {
        before.run();
        try {
            file.append(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void onWritten(CompletableFuture<Void> written, Throwable error) {
        IOException cause;
        synchronized (this) {
            waiting--;
            if (error != null && fault == null) {
                fault = ioException(error.getCause() == null ? error : error.getCause());
            }
            cause = fault;
        }
        if (error == null) {
            written.complete(null);
        } else {
            written.completeExceptionally(cause);
        }
    }

    /** The disk's own word where there is one; else the server refused to run the write. */
    private static IOException ioException(Throwable error) {
        return error instanceof UncheckedIOException unchecked
                ? unchecked.getCause()
                : new IOException("The journal could not be written: " + error, error);
    }

    /** The last call: takes no more lines, and does this after those that are still being written. */
    synchronized void finish(LastAct act) {
        if (fault == null) {
            fault = new IOException("The journal is closed");
        }
        lastTask = lastTask.handleAsync(
                (written, error) -> {
                    perform(act);
                    return null;
                },
                executor);
    }

    private void perform(LastAct act) {
        try {
            act.perform();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The journal {0} is done with, but stays: {1}. The next start sees to it.", file, e);
        }
    }

    /** What becomes of the file in the end. */
    @FunctionalInterface
    interface LastAct {
        void perform() throws IOException;
    }
}
