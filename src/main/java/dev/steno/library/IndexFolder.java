package dev.steno.library;

import dev.steno.archive.ArchiveFolders;
import dev.steno.configuration.Settings;
import dev.steno.files.PrivateFiles;
import dev.steno.files.ProcessLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the index of this node lies. Nodes may share the archive's folder, but no index: each process takes the first
 * place that no other holds, and after a restart finds its own again.
 */
@ApplicationScoped
public class IndexFolder {
    private static final String LIBRARY_INDEX_DIR = "LIBRARY_INDEX_DIR";

    /** More processes do not share a folder. */
    private static final int MOST_PLACES = 64;

    private final Path root;
    private ProcessLock lock;
    private Path own;

    protected IndexFolder() { // for the container's proxy
        root = null;
    }

    @Inject
    public IndexFolder(Settings settings, ArchiveFolders folders) {
        this(settings.path(LIBRARY_INDEX_DIR, folders.beside(".index"))
                .toAbsolutePath()
                .normalize());
    }

    IndexFolder(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /** The folder of this process, made if it is not there. */
    synchronized Path claim() throws IOException {
        PrivateFiles.createFolders(root);
        for (int place = 0; own == null && place < MOST_PLACES; place++) {
            Optional<ProcessLock> free = ProcessLock.tryAcquire(root.resolve(place + ".lock"));
            if (free.isPresent()) {
                lock = free.get();
                own = root.resolve(Integer.toString(place));
            }
        }
        if (own == null) {
            throw new IOException("All places in " + root + " are taken");
        }
        PrivateFiles.createFolders(own);
        return own;
    }

    /** Throws the index away. It must be closed. */
    synchronized void clear() throws IOException {
        if (own != null && Files.isDirectory(own)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(own)) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Leaves the index to the next start. May be called more than once. */
    synchronized void release() throws IOException {
        if (lock != null) {
            lock.release();
            lock = null;
            own = null;
        }
    }
}
