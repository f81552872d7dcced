package dev.steno.archive.file;

import dev.steno.archive.ArchiveException;
import dev.steno.files.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one writer at a time change stored transcripts of a folder: within this process by a lock, between processes by
 * a lock on a file. An edit takes milliseconds.
 */
final class EditLock {
    private static final String FILE = ".steno-edit.lock";
    private static final long PATIENCE_SECONDS = 10;

    private final ReentrantLock inProcess = new ReentrantLock();
    private final Path file;

    EditLock(Path folder) {
        file = folder.resolve(FILE);
    }

    /** To be closed by the thread that acquired it. */
    final class Held implements AutoCloseable {
        private final FileChannel channel;

        private Held(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void close() throws IOException {
            try {
                channel.close();
            } finally {
                inProcess.unlock();
            }
        }
    }

    /** @throws ArchiveException if another writer holds it; to be tried again soon */
    Held acquire() throws IOException, ArchiveException {
        try {
            if (!inProcess.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw busy(null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy(e);
        }
        boolean held = false;
        FileChannel channel = null;
        try {
            channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            held = channel.tryLock() != null;
            if (!held) {
                throw busy(null);
            }
            return new Held(channel);
        } catch (OverlappingFileLockException e) { // another deployment in this JVM
            throw busy(e);
        } finally {
            if (!held) {
                if (channel != null) {
                    channel.close();
                }
                inProcess.unlock();
            }
        }
    }

    private static ArchiveException busy(Exception cause) {
        return new ArchiveException("Another edit of the archive is under way. Try again.", true, cause);
    }
}
