package dev.steno.protocol.files;

import dev.steno.archive.ArchiveFolders;
import dev.steno.configuration.Settings;
import dev.steno.files.PrivateFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Where uploads lie while they are transcribed: beside the journals, whose disk must not be filled by them. */
@ApplicationScoped
public class UploadFolder {
    /** 512 MiB: four and a half hours of 16 kHz mono, 50 minutes of CD quality. */
    private static final int DEFAULT_LIMIT = 512 << 20;

    private static final int LEAST_LIMIT = 1 << 10;

    /** For the journals: finals of every recording for hours. */
    private static final long RESERVE = 256L << 20;

    /** No upload lasts so long: what is older was left by a process that is gone. */
    private static final Duration OLD = Duration.ofDays(2);

    private static final System.Logger LOG = System.getLogger(UploadFolder.class.getName());

    private final Path folder;
    private final long limit;

    /** For the container's proxy only. */
    protected UploadFolder() {
        folder = null;
        limit = 0;
    }

    @Inject
    public UploadFolder(Settings settings, ArchiveFolders folders) {
        this(
                folders.journal().resolve("uploads"),
                settings.integer("UPLOAD_LIMIT", DEFAULT_LIMIT, LEAST_LIMIT, Integer.MAX_VALUE));
    }

    UploadFolder(Path folder, long limit) {
        this.folder = folder;
        this.limit = limit;
    }

    /** The largest file that is taken, in bytes. */
    public long limit() {
        return limit;
    }

    /** To be called once when the application starts. */
    public void eraseLeftovers() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*.upload")) {
            for (Path file : left) {
                eraseIfOld(file);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Uploads that an earlier process left cannot be erased: {0}", e.toString());
        }
    }

    /** Another process may share the folder, and its file may have a name. */
    private static void eraseIfOld(Path file) throws IOException {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(OLD))) {
            Files.deleteIfExists(file);
        }
    }

    UploadFile create() throws IOException {
        PrivateFiles.createFolders(folder);
        return UploadFile.create(folder.resolve(UUID.randomUUID() + ".upload"));
    }

    /** Whether the disk can take so many more bytes. */
    boolean hasRoomFor(long bytes) throws IOException {
        PrivateFiles.createFolders(folder);
        return Files.getFileStore(folder).getUsableSpace() - RESERVE >= bytes;
    }
}
