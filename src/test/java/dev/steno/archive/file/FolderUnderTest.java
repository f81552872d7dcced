package dev.steno.archive.file;

import dev.steno.archive.ArchivedTranscripts;
import dev.steno.archive.TranscriptArchive;
import java.nio.file.Path;

/** An archive in a folder, put together as in the container. */
public record FolderUnderTest(TranscriptArchive archive, ArchivedTranscripts transcripts) {
    public FolderUnderTest(Path folder) {
        this(new FileTranscriptArchive(folder, new NewFiles()), new FolderTranscripts(folder));
    }
}
