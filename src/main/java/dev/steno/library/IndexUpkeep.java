package dev.steno.library;

import dev.steno.archive.ArchiveException;
import dev.steno.archive.ArchivedTranscripts;
import dev.steno.archive.ListRange;
import dev.steno.archive.ListedTranscript;
import dev.steno.archive.TranscriptStem;
import dev.steno.transcript.TranscriptSegment;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares the index with the names of the archive and brings it up to date: newest first, because those are looked for
 * most.
 */
final class IndexUpkeep {
    private static final int PAGE = 500;

    /** As many transcripts as are in memory at the same time. */
    private static final int READ_AT_ONCE = 16;

    private static final Duration PURGE_AFTER = Duration.ofDays(1);

    private final ArchivedTranscripts archive;
    private final StoredDocuments documents;
    private final Executor readers;
    private volatile Optional<String> reached = Optional.empty();
    private Instant purgedAt = Instant.EPOCH;

    /** @param readers run the reads, which block */
    IndexUpkeep(ArchivedTranscripts archive, Executor readers) {
        this.archive = archive;
        documents = new StoredDocuments(archive);
        this.readers = readers;
    }

    /** The oldest transcript that was looked at; empty once all were. */
    Optional<String> reached() {
        return reached;
    }

    void lookAtNewest(SearchIndex index) throws IOException, ArchiveException {
        lookAt(index, ListRange.ALL);
    }

    void lookAtAll(SearchIndex index) throws IOException, ArchiveException {
        ListRange rest = ListRange.ALL;
        Optional<TranscriptStem> last = lookAt(index, rest);
        while (last.isPresent()) {
            reached = last.map(TranscriptStem::toString);
            rest = rest.before(last.get());
            last = lookAt(index, rest);
        }
        reached = Optional.empty();
        if (Instant.now().isAfter(purgedAt.plus(PURGE_AFTER))) {
            purgedAt = Instant.now();
            index.purge();
        }
    }

    /** @return the last of the page; empty if there are no older ones */
    private Optional<TranscriptStem> lookAt(SearchIndex index, ListRange range) throws IOException, ArchiveException {
        List<ListedTranscript> page = archive.list(range, PAGE);
        boolean more = page.size() == PAGE;
        Optional<TranscriptStem> last =
                more ? Optional.of(page.get(page.size() - 1).stem()) : Optional.empty();
        index.refresh(); // also what was put since
        Map<TranscriptStem, String> known =
                index.versions(new ListRange(last.map(TranscriptStem::second), Optional.empty(), range.before()));
        last.ifPresent(oldest -> known.keySet().removeIf(stem -> stem.compareTo(oldest) < 0));
        List<ListedTranscript> changed = new ArrayList<>();
        for (ListedTranscript listed : page) {
            if (!listed.version().equals(known.remove(listed.stem()))) {
                changed.add(listed);
            }
        }
        for (int first = 0; first < changed.size(); first += READ_AT_ONCE) {
            putAll(index, changed.subList(first, Math.min(first + READ_AT_ONCE, changed.size())));
        }
        for (TranscriptStem gone : known.keySet()) {
            index.remove(gone);
        }
        if (!changed.isEmpty() || !known.isEmpty()) {
            index.commit();
            index.refresh();
        }
        return last;
    }

    private void putAll(SearchIndex index, List<ListedTranscript> changed) throws IOException, ArchiveException {
        List<CompletableFuture<Optional<SearchIndex.Entry>>> reads = changed.stream()
                .map(listed -> CompletableFuture.supplyAsync(() -> read(listed), readers))
                .toList();
        try {
            for (CompletableFuture<Optional<SearchIndex.Entry>> read : reads) {
                Optional<SearchIndex.Entry> entry = read.join();
                if (entry.isPresent()) {
                    index.put(entry.get());
                }
            }
        } catch (CompletionException e) {
            if (e.getCause() instanceof ArchiveException fault) {
                throw fault;
            }
            throw e;
        }
    }

    private Optional<SearchIndex.Entry> read(ListedTranscript listed) {
        try {
            return documents.read(listed).map(stored -> entry(stored, listed.version()));
        } catch (ArchiveException e) {
            throw new CompletionException(e);
        }
    }

    /** One that is known to be new; seen after a refresh. */
    void look(SearchIndex index, TranscriptStem stem) throws IOException, ArchiveException {
        Optional<StoredDocuments.Stored> stored = documents.read(stem);
        if (stored.isPresent()) {
            index.put(entry(stored.get(), stored.get().archived().listed().version()));
        }
    }

    /**
     * One that was just written: what the archive will list of it is not known, so the next look reads it once more.
     */
    void put(SearchIndex index, StoredDocuments.Stored stored) throws IOException {
        index.put(entry(stored, ""));
        index.refresh();
    }

    void remove(SearchIndex index, TranscriptStem stem) throws IOException {
        index.remove(stem);
        index.commit();
        index.refresh();
    }

    private static SearchIndex.Entry entry(StoredDocuments.Stored stored, String version) {
        TranscriptDocument document = stored.document();
        TranscriptStem stem = stored.archived().stem();
        List<TranscriptSegment> segments = document.segments();
        Summary summary = Summary.of(document, stem);
        return new SearchIndex.Entry(
                stem,
                summary.startedAt(),
                version,
                document.owner(),
                language(document, segments),
                summary.item(stored.archived().listed()).build().toString(),
                IndexedText.of(segments, document.title()));
    }

    /** Where the engine identified languages, the one of most segments. */
    private static String language(TranscriptDocument document, List<TranscriptSegment> segments) {
        return segments.stream()
                .map(TranscriptSegment::languageCode)
                .flatMap(Optional::stream)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .or(document::languageCode)
                .orElse("und");
    }
}
