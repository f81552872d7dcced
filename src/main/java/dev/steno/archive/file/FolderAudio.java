package dev.steno.archive.file;

import dev.steno.archive.ArchiveException;
import dev.steno.archive.ArchivedAudio;
import dev.steno.files.FilePart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Audio in a file. */
record FolderAudio(Path file, long bytes) implements ArchivedAudio {
    static Optional<ArchivedAudio> of(Path file) throws IOException {
        try {
            return Optional.of(new FolderAudio(file, Files.size(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream open(long first, long last) throws ArchiveException {
        try {
            return FilePart.open(file, first, last - first + 1);
        } catch (IOException e) {
            throw new ArchiveException("The audio " + file + " cannot be read: " + e, true, e);
        }
    }
}
