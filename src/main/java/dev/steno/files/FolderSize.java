package dev.steno.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Adds up the files of a folder while others come and go. */
public final class FolderSize extends SimpleFileVisitor<Path> {
    private static final System.Logger LOG = System.getLogger(FolderSize.class.getName());

    private long bytes;

    private FolderSize() {}

    /** @return what could be seen, in bytes */
    public static long of(Path folder) {
        FolderSize size = new FolderSize();
        try {
            Files.walkFileTree(folder, size);
        } catch (IOException e) { // nothing below throws, so it is the folder itself
            LOG.log(System.Logger.Level.DEBUG, "The folder " + folder + " cannot be read.", e);
        }
        return size.bytes;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        bytes += attributes.size();
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException gone) {
        return FileVisitResult.CONTINUE;
    }
}
