package dev.steno.library;

import dev.steno.archive.ArchiveException;
import dev.steno.archive.ListedTranscript;
import dev.steno.archive.TranscriptStem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What lists show of transcripts: read from the archive, several at a time, and kept as long as they do not change. */
final class Summaries {
    /** A kilobyte each. */
    private static final int MOST_KEPT = 5_000;

    /** A read from a bucket takes 8 s at most, and a page waits for a few of them one after another. */
    private static final long PATIENCE_SECONDS = 30;

    private final StoredDocuments documents;
    private final Executor executor;
    private final Map<TranscriptStem, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    private record Kept(String version, Summary summary) {}

    /** @param executor runs the reads, which block */
    Summaries(StoredDocuments documents, Executor executor) {
        this.documents = documents;
        this.executor = executor;
    }

    /** In the order of the list; those that were deleted meanwhile are empty. */
    List<Optional<Summary>> of(List<ListedTranscript> page) throws ArchiveException {
        try {
            List<CompletableFuture<Optional<Summary>>> reads = new ArrayList<>();
            for (ListedTranscript listed : page) {
                Optional<Summary> known = known(listed);
                reads.add(
                        known.isPresent()
                                ? CompletableFuture.completedFuture(known)
                                : CompletableFuture.supplyAsync(() -> read(listed), executor));
            }
            CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return reads.stream().map(CompletableFuture::join).toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ArchiveException fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException | RejectedExecutionException e) {
            throw new ArchiveException("The archive did not answer in time.", true, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArchiveException("The server goes down.", true, e);
        }
    }

    private Optional<Summary> read(ListedTranscript listed) {
        try {
            Optional<Summary> read = documents.read(listed).map(stored -> Summary.of(stored.document(), listed.stem()));
            read.ifPresent(summary -> keep(listed, summary));
            return read;
        } catch (ArchiveException e) {
            throw new CompletionException(e);
        }
    }

    private Optional<Summary> known(ListedTranscript listed) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(listed.stem()))
                    .filter(found -> found.version().equals(listed.version()))
                    .map(Kept::summary);
        }
    }

    private void keep(ListedTranscript listed, Summary summary) {
        synchronized (kept) {
            kept.put(listed.stem(), new Kept(listed.version(), summary));
            if (kept.size() > MOST_KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
    }
}
