package dev.steno.archive.file;

import java.nio.file.FileSystemException;

/** A file system without hard links, as far as the archive can see. */
class FileTranscriptArchiveWithoutLinksTest extends FileTranscriptArchiveTest {
    @Override
    NewFiles files() {
        return new NewFiles((name, existing) -> {
            throw new FileSystemException(name.toString(), existing.toString(), "Operation not permitted");
        });
    }
}
