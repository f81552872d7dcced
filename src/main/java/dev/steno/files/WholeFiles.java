package dev.steno.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Private files that are whole, and on disk, from the moment in which their name is seen. Methods block on the disk.
 */
public final class WholeFiles {
    /** What a crash leaves of a file that was being written is named so. */
    public static final String PREFIX = ".steno-";

    public static final String SUFFIX = ".tmp";

    private WholeFiles() {}

    /** A name that nothing else has, for a file that will be moved or linked to {@code target}. */
    public static Path temporary(Path target) {
        return target.resolveSibling(PREFIX + UUID.randomUUID() + SUFFIX);
    }

    /**
     * Writes a new file and forces it to disk. Leaves nothing behind if that fails.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the name is taken; that file is untouched
     */
    public static void create(Path file, byte[] content) throws IOException {
        try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            try {
                for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
                    channel.write(rest);
                }
                channel.force(true);
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        }
    }

    /** Puts a file in the place of the one that has the name, if any: readers see the old one or the new one, whole. */
    public static void replace(Path target, byte[] content) throws IOException {
        Path temporary = temporary(target);
        create(temporary, content);
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            PrivateFiles.forceFolder(target.toAbsolutePath().getParent());
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
