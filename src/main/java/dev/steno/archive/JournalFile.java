package dev.steno.archive;

import dev.steno.files.PrivateFiles;
import dev.steno.transcript.Recording;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file behind a {@link SessionJournal}. Its methods block on the disk and are called one after another. Between two
 * writes it is closed, so a forgotten journal costs nothing.
 */
final class JournalFile {
    /** Where a new file goes; asked at the first write. */
    @FunctionalInterface
    interface Place {
        Path file() throws IOException;
    }

    private final Place place;
    private volatile Path path;
    private byte[] opening;

    private JournalFile(Place place, Path path, byte[] opening) {
        this.place = place;
        this.path = path;
        this.opening = opening;
    }

    static JournalFile create(Recording recording, Place place) {
        return new JournalFile(place, null, JournalLine.encode(new JournalEntry.Header(recording)));
    }

    /** The first line of a file that is not written yet. */
    Optional<byte[]> header() {
        return exists() ? Optional.empty() : Optional.of(opening);
    }

    /** All lines but empty ones. */
    List<String> lines() throws IOException {
        try (Stream<String> lines = Files.lines(path)) {
            return lines.filter(line -> !line.isBlank()).toList();
        }
    }

    /** One that another process left, perhaps in the middle of a line. */
    static JournalFile existing(Path path) {
        return new JournalFile(() -> path, path, new byte[] {'\n'});
    }

    /** Adds a line and forces it to disk. */
    void append(byte[] line) throws IOException {
        boolean isNew = path == null;
        Path target = isNew ? place.file() : path;
        try (FileChannel channel = open(target, isNew)) {
            path = target;
            writeAll(channel, opening);
            writeAll(channel, line);
            channel.force(false); // with the length, without the time of change
        }
        opening = new byte[0];
        if (isNew) {
            PrivateFiles.forceFolder(target.getParent());
        }
    }

    /** Whether anything was ever written. */
    boolean exists() {
        return path != null;
    }

    /** What was written so far, under a name that outlives {@link #delete}. */
    Path keep() throws IOException {
        Path kept = path.resolveSibling(path.getFileName() + KeptFinals.SUFFIX);
        Files.deleteIfExists(kept);
        try {
            return Files.createLink(kept, path);
        } catch (UnsupportedOperationException | FileSystemException e) { // not every file system has links
            return Files.copy(path, kept);
        }
    }

    JournalContent read() throws IOException {
        return JournalReader.read(path);
    }

    void delete() throws IOException {
        if (exists()) {
            Files.deleteIfExists(path);
        }
    }

    /** For one of which a part cannot be read: keeps it where nobody looks for journals. */
    void setAside() throws IOException {
        JournalFolder.setAside(path);
    }

    @Override
    public String toString() {
        return String.valueOf(path);
    }

    /** A file that somebody deleted is not begun again without its first segments: opening it fails. */
    private static FileChannel open(Path target, boolean isNew) throws IOException {
        return isNew
                ? PrivateFiles.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                : PrivateFiles.open(target, StandardOpenOption.APPEND);
    }

    private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }
}
