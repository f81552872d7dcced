package dev.steno.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A lock that one process at a time can hold and that ends with the process, however it ends.
 *
 * <p>Where locks are POSIX ones, closing any channel on a file frees all locks that the process has on it (see {@link
 * FileLock}, platform dependencies). So a second deployment in the same JVM must not even open the file of a lock that
 * the first one holds. The two know of each other through a system property: their classes differ, the properties do
 * not.
 */
public final class ProcessLock {
    private static final String PROPERTY = "dev.steno.journal.lock:";

    private final Path file;
    private final FileChannel channel;

    private ProcessLock(Path file) throws IOException {
        this.file = file;
        this.channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Empty if a live process, this one included, holds it. */
    public static Optional<ProcessLock> tryAcquire(Path file) throws IOException {
        Path real = file.getParent().toRealPath().resolve(file.getFileName());
        if (System.getProperties().putIfAbsent(PROPERTY + real, "held") != null) {
            return Optional.empty();
        }
        boolean acquired = false;
        try {
            ProcessLock lock = new ProcessLock(real);
            acquired = lock.channel.tryLock() != null;
            if (!acquired) {
                lock.channel.close();
            }
            return acquired ? Optional.of(lock) : Optional.empty();
        } finally {
            if (!acquired) {
                System.clearProperty(PROPERTY + real);
            }
        }
    }

    /** Lets others have it; again is the same as once. */
    public void release() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            System.clearProperty(PROPERTY + file);
        }
    }

    /** For a lock whose purpose is gone. */
    public void releaseAndDelete() throws IOException {
        release();
        Files.deleteIfExists(file);
    }
}
