package dev.steno.archive;

import java.io.InputStream;

/** The audio of a transcript as it lies in the archive: a WAV file. */
public interface ArchivedAudio {
    /** Size of the file, header included. */
    long bytes();

    /**
     * Opens a part of the file, which is read from the archive as the stream is read. To be closed by the caller.
     *
     * @param first position of the first byte
     * @param last position of the last byte, which must exist
     */
    InputStream open(long first, long last) throws ArchiveException;
}
