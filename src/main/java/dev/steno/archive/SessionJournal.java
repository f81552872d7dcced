package dev.steno.archive;

import dev.steno.transcript.Recording;
import dev.steno.transcript.TranscriptSegment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The journal of one recording: a file to which each final segment is added and forced to disk. The file appears with
 * the first segment. Thread-safe; no method blocks or throws, the writing is done on the journal's executor in the order
 * of the calls. Between two writes no file is open, so a forgotten journal costs nothing.
 */
public final class SessionJournal {
    private static final System.Logger LOG = System.getLogger(SessionJournal.class.getName());

    /** Writes that wait for a disk that hangs: finals come every few seconds, so this is most of an hour. */
    private static final int MOST_WAITING = 1000;

    /** Where the file goes; asked at the first write. */
    @FunctionalInterface
    interface Place {
        Path file() throws IOException;
    }

    /** What is done with the file in the end. */
    @FunctionalInterface
    private interface LastAct {
        void perform() throws IOException;
    }

    private final Place place;
    private final Executor executor;
    private CompletableFuture<Void> lastWrite = CompletableFuture.completedFuture(null);
    private int waiting;
    private IOException fault;
    private volatile Path file;
    private byte[] opening; // only for the writes, which follow one another

    private SessionJournal(Place place, byte[] opening, Executor executor) {
        this.place = place;
        this.opening = opening;
        this.executor = executor;
    }

    static SessionJournal create(Recording recording, Place place, Executor executor) {
        return new SessionJournal(place, JournalLine.encode(new JournalEntry.Header(recording)), executor);
    }

    /** One that another process left, perhaps in the middle of a line. */
    static SessionJournal existing(Path file, Executor executor) {
        SessionJournal journal = new SessionJournal(() -> file, new byte[] {'\n'}, executor);
        journal.file = file;
        return journal;
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

    /** Deletes the journal, after what is still being written: the recording holds nothing, or is stored elsewhere. */
    public void discard() {
        finish(() -> Files.deleteIfExists(file));
    }

    /** Like {@link #append}, for what else a journal says. */
    CompletionStage<Void> write(JournalEntry entry) {
        byte[] line = JournalLine.encode(entry);
        CompletableFuture<Void> written = new CompletableFuture<>();
        synchronized (this) {
            if (fault == null && waiting >= MOST_WAITING) {
                fault = new IOException("The journal's disk does not answer; " + waiting + " writes wait for it");
            }
            if (fault != null) {
                return CompletableFuture.failedFuture(fault);
            }
            waiting++;
            lastWrite = lastWrite
                    .thenRunAsync(() -> writeNow(line), executor)
                    .whenComplete((done, error) -> onWritten(written, error));
        }
        return written;
    }

    /** Whether all that was given so far can be read back with {@link #read}. */
    synchronized boolean sound() {
        return fault == null && file != null;
    }

    /** What the file holds; blocks on the disk. */
    JournalContent read() throws IOException {
        return JournalReader.read(file);
    }

    /** For a journal of which a part cannot be read: keeps it where nobody looks for journals. */
    void setAside() {
        finish(() -> JournalFolder.setAside(file));
    }

    /** Completes when all that was asked for until now is done, or has failed. */
    synchronized CompletionStage<Void> settled() {
        return lastWrite.handle((done, error) -> null);
    }

    private void writeNow(byte[] line) {
        try {
            boolean isNew = file == null;
            Path target = isNew ? place.file() : file;
            try (FileChannel channel = open(target, isNew)) {
                file = target;
                writeAll(channel, opening);
                writeAll(channel, line);
                channel.force(false); // with the length, without the time of change
            }
            if (isNew) {
                PrivateFiles.forceFolder(target.getParent());
            }
            opening = new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that somebody deleted is not begun again without its first segments: opening it fails. */
    private static FileChannel open(Path target, boolean isNew) throws IOException {
        return isNew
                ? PrivateFiles.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                : PrivateFiles.open(target, StandardOpenOption.APPEND);
    }

    private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    private synchronized void finish(LastAct act) {
        if (fault == null) {
            fault = new IOException("The journal is closed");
        }
        lastWrite = lastWrite.handleAsync(
                (written, error) -> {
                    perform(act);
                    return null;
                },
                executor);
    }

    private void perform(LastAct act) {
        if (file == null) {
            return; // nothing was ever written
        }
        try {
            act.perform();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The journal {0} is done with, but stays: {1}. The next start sees to it.", file, e);
        }
    }

    private void onWritten(CompletableFuture<Void> written, Throwable error) {
        synchronized (this) {
            waiting--;
            if (error != null && fault == null) {
                Throwable cause = error.getCause() == null ? error : error.getCause();
                fault = cause instanceof UncheckedIOException unchecked
                        ? unchecked.getCause()
                        : new IOException("The journal could not be written: " + cause, cause);
            }
        }
        if (error == null) {
            written.complete(null);
        } else {
            written.completeExceptionally(fault);
        }
    }
}
