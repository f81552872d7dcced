package dev.steno.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders for this user alone (0600, 0700 where the file system knows modes): people's words are private. */
public final class PrivateFiles {
    private static final FileAttribute<?>[] NONE = {};
    private static final FileAttribute<?>[] FILE = {mode("rw-------")};
    private static final FileAttribute<?>[] FOLDER = {mode("rwx------")};

    private PrivateFiles() {}

    /** Opens a file for writing; a new one is private. */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), hasModes(file) ? FILE : NONE);
    }

    /** Makes the folder and those above it, where they are missing; keeps the modes of what is there. */
    public static void createFolders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, hasModes(folder) ? FOLDER : NONE);
            forceFolder(folder.toAbsolutePath().getParent());
        }
    }

    /** Makes sure that names made, linked or deleted in a folder survive a power cut. Windows cannot, and need not. */
    public static void forceFolder(Path folder) throws IOException {
        if (hasModes(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static boolean hasModes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?> mode(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }
}
