package dev.steno.archive;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.files.PrivateFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The two folders of the configuration. Each is made and tried out when it is asked for, and only then. */
@ApplicationScoped
public class ArchiveFolders {
    private static final String ARCHIVE_DIR = "ARCHIVE_DIR";
    static final String JOURNAL_DIR = "JOURNAL_DIR";

    private final Path archive;
    private final Path journal;

    protected ArchiveFolders() { // for the container's proxy
        archive = null;
        journal = null;
    }

    @Inject
    public ArchiveFolders(Settings settings) {
        archive = settings.path(ARCHIVE_DIR, Path.of("transcripts"))
                .toAbsolutePath()
                .normalize();
        journal = settings.path(JOURNAL_DIR, archive.resolve(".journal"))
                .toAbsolutePath()
                .normalize();
    }

    /**
     * Where transcripts go when there is no bucket.
     *
     * @throws InvalidSettingException if this process cannot write there
     */
    public Path archive() {
        return usable(ARCHIVE_DIR, archive);
    }

    /**
     * Where journals live.
     *
     * @throws InvalidSettingException if this process cannot write there
     */
    public Path journal() {
        if (journal.startsWith(archive) && Files.exists(archive) && !Files.isDirectory(archive)) {
            return archive(); // refused by the name of the key that is wrong
        }
        return usable(JOURNAL_DIR, journal);
    }

    /** A folder in the archive's, for what belongs to it; not made. */
    public Path beside(String name) {
        return archive.resolve(name);
    }

    /** Tries to write instead of asking for permission, which does not know of full disks and read-only mounts. */
    private static Path usable(String key, Path folder) {
        try {
            PrivateFiles.createFolders(folder);
            Files.delete(Files.createTempFile(folder, ".steno-", ".tmp"));
            return folder;
        } catch (IOException e) {
            String allowed = "a folder in which this process can create files (" + e + ")";
            throw new InvalidSettingException(key, folder.toString(), allowed, e);
        }
    }
}
