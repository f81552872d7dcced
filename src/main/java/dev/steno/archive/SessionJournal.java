package dev.steno.archive;

import dev.steno.transcript.TranscriptSegment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The journal of one recording: a file to which each final segment is added and forced to disk. The file appears with
 * the first segment. Thread-safe; no method blocks or throws, the writing is done on the journal's executor in the order
 * of the calls.
 */
public final class SessionJournal {
    private static final System.Logger LOG = System.getLogger(SessionJournal.class.getName());

    /** Writes that wait for a disk that hangs: finals come every few seconds, so this is most of an hour. */
    private static final int MOST_WAITING = 1000;

    private final JournalFile file;
    private final Executor executor;
    private final boolean whole;
    private CompletableFuture<Void> lastTask = CompletableFuture.completedFuture(null);
    private int waiting;
    private IOException fault;

    SessionJournal(JournalFile file, Executor executor) {
        this(file, executor, true);
    }

    /** @param whole false if a part of what is there cannot be read: then the file is kept aside in the end */
    SessionJournal(JournalFile file, Executor executor, boolean whole) {
        this.whole = whole;
        this.file = file;
        this.executor = executor;
    }

    /**
     * Begins the file with all that another process needs to go on with the recording.
     *
     * @param options of {@code start}, by name
     * @param tokenHashes of the resume tokens that are good now
     */
    public CompletionStage<Void> begin(Map<String, String> options, List<String> tokenHashes) {
        return write(new JournalEntry.Origin(options), new JournalEntry.Tokens(tokenHashes));
    }

    /** The resume tokens that are good from now on, hashed: they replace the ones before. */
    public CompletionStage<Void> tokens(List<String> hashes) {
        return write(new JournalEntry.Tokens(hashes));
    }

    /** The audio before this position needs no recogniser any more, although no final covers it. */
    public CompletionStage<Void> settle(long bytes) {
        return write(new JournalEntry.Settled(bytes));
    }

    /** As {@link #append(TranscriptSegment)}, with the position that the final settles, which becomes part of its line. */
    public CompletionStage<Void> append(TranscriptSegment segment, long settledBytes) {
        return write(new JournalEntry.Segment(segment, OptionalLong.of(settledBytes)));
    }

    /**
     * Adds a final segment.
     *
     * @return completes on the journal's executor once the segment is on disk. Fails with IOException if it cannot be
     *     written; from then on the journal is broken for good and every call fails at once.
     */
    public CompletionStage<Void> append(TranscriptSegment segment) {
        return write(new JournalEntry.Segment(segment));
    }

    /** Keeps the finals readable when the journal is gone. @return fails with IOException where that is not possible */
    public synchronized CompletionStage<KeptFinals> keep() {
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

    /** Deletes the journal, after what is still being written: the recording holds nothing, or is stored elsewhere. */
    public void discard() {
        finish(whole ? file::delete : file::setAside);
    }

    /** For a journal of which a part could not be read: keeps it aside instead. */
    void setAside() {
        finish(file::setAside);
    }

    /** Like {@link #append}, for what else a journal says. */
    CompletionStage<Void> write(JournalEntry... entries) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (JournalEntry entry : entries) {
            lines.writeBytes(JournalLine.encode(entry));
        }
        return write(lines.toByteArray());
    }

    private CompletionStage<Void> write(byte[] line) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        synchronized (this) {
            if (fault == null && waiting >= MOST_WAITING) {
                fault = new IOException("The journal's disk does not answer; " + waiting + " writes wait for it");
            }
            if (fault != null) {
                return CompletableFuture.failedFuture(fault);
            }
            waiting++;
            lastTask = lastTask.thenRunAsync(() -> append(line), executor)
                    .whenComplete((done, error) -> onWritten(written, error));
        }
        return written;
    }

    /** Whether all that was given so far, once written, can be read back with {@link #read}. */
    synchronized boolean sound() {
        return fault == null && file.exists();
    }

    /** What the file holds; blocks on the disk. */
    JournalContent read() throws IOException {
        return file.read();
    }

    /** Completes when all that was asked for until now is done, or has failed. */
    synchronized CompletionStage<Void> settled() {
        return lastTask.handle((done, error) -> null);
    }

    private void append(byte[] line) {
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

    private synchronized void finish(LastAct act) {
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
    private interface LastAct {
        void perform() throws IOException;
    }
}
