package dev.steno.archive.file;

import dev.steno.files.PrivateFiles;
import dev.steno.files.WholeFiles;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/**
 * Creates files that are whole, and on disk, from the moment their name is seen; of two that create one name, one wins.
 * A temporary file beside the target is written, forced, and linked to the name: unlike a rename, a link never
 * replaces.
 *
 * <p>Where the file system has no hard links (FAT, some network shares) the target itself is created exclusively and
 * written. A crash in the middle then leaves a cut file; the recording is stored again under the next name.
 */
final class NewFiles {
    /** A temporary file lives for milliseconds; one this old was left by a crash, not by another process at work. */
    private static final Duration LEFT_OVER = Duration.ofHours(1);

    private static final System.Logger LOG = System.getLogger(NewFiles.class.getName());

    private final Linker linker;

    NewFiles() {
        this(Files::createLink);
    }

    NewFiles(Linker linker) {
        this.linker = linker;
    }

    /** How the file system makes hard links. */
    @FunctionalInterface
    interface Linker {
        Path link(Path name, Path existing) throws IOException;
    }

    /** @return false if the name is taken; that file is untouched */
    boolean create(Path target, byte[] content) throws IOException {
        Path temporary = WholeFiles.temporary(target);
        WholeFiles.create(temporary, content);
        try {
            linker.link(target, temporary);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException e) { // no hard links here, or soon the same fault
            return createInPlace(target, content);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * As {@link #create(Path, byte[])}, of a file that lies elsewhere and stays there. On one file system it is a link
     * to that file, so nothing is copied.
     *
     * @param source forced to disk, and written by nobody from now on
     */
    boolean create(Path target, Path source) throws IOException {
        try {
            linker.link(target, source);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException e) { // another file system, or one without links
            return copy(target, source);
        }
    }

    private boolean copy(Path target, Path source) throws IOException {
        Path temporary = WholeFiles.temporary(target);
        try {
            write(temporary, source);
            linker.link(target, temporary);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException e) { // no hard links here, or soon the same fault
            if (Files.exists(target)) {
                return false;
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE); // the text has claimed the name
            return true;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void write(Path file, Path source) throws IOException {
        try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ);
                FileChannel to = PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long done = 0; done < from.size(); ) {
                done += from.transferTo(done, from.size() - done, to);
            }
            to.force(true);
        }
    }

    /** Removes temporary files that a crash left. */
    void sweep(Path folder) {
        Instant before = Instant.now().minus(LEFT_OVER);
        try (DirectoryStream<Path> temporaries =
                Files.newDirectoryStream(folder, WholeFiles.PREFIX + "*" + WholeFiles.SUFFIX)) {
            for (Path temporary : temporaries) {
                if (Files.getLastModifiedTime(temporary).toInstant().isBefore(before)) {
                    Files.delete(temporary);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.log(Level.WARNING, "Temporary files of a crash may be left in {0}: {1}", folder, e);
        }
    }

    private static boolean createInPlace(Path target, byte[] content) throws IOException {
        try {
            WholeFiles.create(target, content);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}
