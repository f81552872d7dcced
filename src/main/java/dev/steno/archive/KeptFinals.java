package dev.steno.archive;

import dev.steno.transcript.TranscriptSegment;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The finals of a recording that has ended, on disk and not in memory, for a client that comes back for the end of it.
 * Thread-safe; no method blocks.
 */
public final class KeptFinals {
    /** Beside the journals; a process that dies leaves such files to the next start, which deletes them. */
    static final String SUFFIX = ".ended";

    private static final System.Logger LOG = System.getLogger(KeptFinals.class.getName());

    private final Path file;
    private final Executor executor;

    KeptFinals(Path file, Executor executor) {
        this.file = file;
        this.executor = executor;
    }

    /** @return fails with IOException if the file is gone or damaged */
    public CompletionStage<List<TranscriptSegment>> read() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return JournalReader.read(file).segments();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                executor);
    }

    /** Nobody comes back any more. */
    public void forget() {
        executor.execute(() -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.log(Level.WARNING, "{0} cannot be deleted; the next start does it: {1}", file, e);
            }
        });
    }
}
