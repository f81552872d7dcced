package dev.steno.archive;

import dev.steno.files.PrivateFiles;
import dev.steno.files.ProcessLock;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The folder in which one process keeps its journals, {@code process-<uuid>}, and beside it the lock that says whether
 * that process lives, {@code process-<uuid>.lock}. The lock is held before the folder is made: a folder whose lock is
 * free belongs to a process that is gone.
 */
final class JournalFolder {
    private static final System.Logger LOG = System.getLogger(JournalFolder.class.getName());
    private static final String PREFIX = "process-";
    private static final String ASIDE = "unreadable";

    private final Path path;
    private final ProcessLock lock;

    private JournalFolder(Path path, ProcessLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /** A new one for this process. */
    static JournalFolder claim(Path root) throws IOException {
        PrivateFiles.createFolders(root);
        Path path = root.resolve(PREFIX + UUID.randomUUID());
        ProcessLock lock = ProcessLock.tryAcquire(lockFile(path))
                .orElseThrow(() -> new IOException("Another process locked the new file " + lockFile(path)));
        try {
            PrivateFiles.createFolders(path);
            return new JournalFolder(path, lock);
        } catch (IOException e) {
            lock.releaseAndDelete();
            throw e;
        }
    }

    /** Those of processes that are gone, now held by this one: of two that ask, one gets them. */
    static List<JournalFolder> takeOverDead(Path root) throws IOException {
        List<JournalFolder> dead = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, PREFIX + "*")) {
            for (Path path : folders) {
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) { // behind a link are other people's files
                    takeOver(path).ifPresent(dead::add);
                }
            }
        }
        return dead;
    }

    private static Optional<JournalFolder> takeOver(Path path) {
        try {
            return tryTakeOver(path);
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "The journals in {0} cannot be recovered: {1}. The next start tries again.",
                    path,
                    e);
            return Optional.empty();
        }
    }

    private static Optional<JournalFolder> tryTakeOver(Path path) throws IOException {
        Optional<ProcessLock> lock = ProcessLock.tryAcquire(lockFile(path));
        if (lock.isPresent()
                && !Files.isDirectory(
                        path, LinkOption.NOFOLLOW_LINKS)) { // somebody else was faster, and is done with it
            lock.get().releaseAndDelete();
            return Optional.empty();
        }
        return lock.map(held -> new JournalFolder(path, held));
    }

    Path path() {
        return path;
    }

    boolean exists() {
        return Files.isDirectory(path);
    }

    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(path)) {
            found.forEach(files::add);
        }
        return files;
    }

    /** Removes what is empty; a folder that still holds something stays for the next process that starts. */
    void close() throws IOException {
        try {
            Files.deleteIfExists(path);
            lock.releaseAndDelete();
        } catch (DirectoryNotEmptyException e) {
            lock.release();
        }
    }

    /** Moves a file or folder that this program cannot make sense of out of its process folder; deletes nothing. */
    static void setAside(Path file) throws IOException {
        Path aside = file.getParent().resolveSibling(ASIDE);
        PrivateFiles.createFolders(aside);
        Path kept = aside.resolve(UUID.randomUUID() + "_" + file.getFileName());
        Files.move(file, kept);
        LOG.log(
                Level.WARNING,
                "A part of the journal {0} could not be read. What could be read is archived, the file is kept as {1}:"
                        + " see whether something of use is left in it, then delete it.",
                file.getFileName(),
                kept);
    }

    private static Path lockFile(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".lock");
    }
}
