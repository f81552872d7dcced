package dev.steno.library;

import dev.steno.archive.ArchiveException;
import dev.steno.archive.ArchivedAudio;
import dev.steno.archive.ArchivedTranscript;
import dev.steno.archive.ArchivedTranscripts;
import dev.steno.archive.DocumentFormat;
import dev.steno.archive.ListRange;
import dev.steno.archive.ListedTranscript;
import dev.steno.archive.TranscriptDocuments;
import dev.steno.archive.TranscriptJson;
import dev.steno.archive.TranscriptStem;
import dev.steno.library.LibraryAccess.Scope;
import dev.steno.library.StoredDocuments.Stored;
import dev.steno.threads.ContainerThreads;
import dev.steno.transcript.Transcript;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What callers do with transcripts, each within what it may see. Calls block on the archive. */
@ApplicationScoped
public class Library {
    /** Reads of one kind wait for a bucket, not for this machine: as many at a time as a page needs to be quick. */
    private static final int THREADS = 8;

    /** Transcripts of others that one request passes over before it answers with what it has, and a cursor. */
    private static final int MOST_PASSED = 1_000;

    private final ArchivedTranscripts archive;
    private final StoredDocuments documents;
    private final Summaries summaries;
    private final LibraryIndex index;

    protected Library() { // for the container's proxy
        archive = null;
        documents = null;
        summaries = null;
        index = null;
    }

    @Inject
    public Library(ArchivedTranscripts archive, LibraryIndex index, ContainerThreads threads) {
        this(archive, index, threads.pool("library", THREADS));
    }

    /** @param executor runs reads, which block */
    Library(ArchivedTranscripts archive, LibraryIndex index, Executor executor) {
        this.archive = archive;
        documents = new StoredDocuments(archive);
        this.index = index;
        summaries = new Summaries(documents, executor);
    }

    /** A page of the list, as {@code GET /transcripts} answers it. */
    JsonObject list(ListQuery query, Scope scope) throws ArchiveException {
        Optional<String> owner = scope.owner().or(query::owner);
        if (scope.owner().isPresent()
                && query.owner().isPresent()
                && !scope.owner().equals(query.owner())) {
            return TranscriptDocument.JSON
                    .createObjectBuilder()
                    .add("items", JsonValue.EMPTY_JSON_ARRAY)
                    .build();
        }
        if (query.words().isPresent()) {
            return found(query, owner);
        }
        if (owner.isPresent() && index.isComplete()) { // else everybody's names would be read for one person's
            index.catchUp();
            return found(query, owner);
        }
        return listed(query, scope);
    }

    /** Asks the index and nobody else. */
    private JsonObject found(ListQuery query, Optional<String> owner) {
        List<SearchIndex.Found> all = query.bestFrom().isPresent()
                ? index.best(query, owner, query.limit() + 1)
                : index.newest(query.words(), owner, query.range(), query.limit() + 1);
        List<SearchIndex.Found> page = all.subList(0, Math.min(query.limit(), all.size()));
        JsonArrayBuilder items = TranscriptDocument.JSON.createArrayBuilder();
        for (SearchIndex.Found each : page) {
            JsonObjectBuilder item = TranscriptDocument.JSON.createObjectBuilder(TranscriptJson.parse(each.summary()));
            if (query.words().isPresent()) {
                item.add("hits", hits(each.hits()));
            }
            items.add(item);
        }
        JsonObjectBuilder list = TranscriptDocument.JSON.createObjectBuilder().add("items", items);
        if (all.size() > page.size()) {
            String last = page.get(page.size() - 1).stem().toString();
            list.add(
                    "cursor",
                    query.bestFrom().isPresent()
                            ? Integer.toString(query.bestFrom().getAsInt() + page.size())
                            : last);
        }
        IndexStatus status = index.status();
        if (!index.isComplete()) { // so that nobody takes this for all there is
            JsonObjectBuilder progress = TranscriptDocument.JSON
                    .createObjectBuilder()
                    .add("state", status.state())
                    .add("transcripts", status.transcripts());
            status.reached().ifPresent(stem -> progress.add("reached", stem));
            list.add("index", progress);
        }
        return list.build();
    }

    private static JsonArrayBuilder hits(List<IndexedText.Hit> hits) {
        JsonArrayBuilder array = TranscriptDocument.JSON.createArrayBuilder();
        for (IndexedText.Hit hit : hits) {
            array.add(TranscriptDocument.JSON
                    .createObjectBuilder()
                    .add("segment", hit.segment())
                    .add("start", hit.start())
                    .add("text", hit.text()));
        }
        return array;
    }

    /** Asks the archive itself: everybody's transcripts, or one person's while the index is not complete. */
    private JsonObject listed(ListQuery query, Scope scope) throws ArchiveException {
        JsonArrayBuilder items = TranscriptDocument.JSON.createArrayBuilder();
        ListRange rest = query.range().wholeSeconds();
        int found = 0;
        int passed = 0;
        boolean more = true;
        while (more && found < query.limit() && passed < MOST_PASSED) {
            int wanted = query.limit() - found;
            List<ListedTranscript> names =
                    archive.list(rest, wanted + 1); // one more tells whether there is a next page
            List<ListedTranscript> page = names.subList(0, Math.min(wanted, names.size()));
            List<Optional<Summary>> shown = summaries.of(page);
            for (int i = 0; i < page.size(); i++) {
                if (shown.get(i)
                        .filter(summary -> isWanted(summary, query, scope))
                        .isPresent()) {
                    items.add(shown.get(i).get().item(page.get(i)));
                    found++;
                }
            }
            passed += page.size();
            more = names.size() > wanted;
            if (!page.isEmpty()) {
                rest = rest.before(page.get(page.size() - 1).stem());
            }
        }
        JsonObjectBuilder list = TranscriptDocument.JSON.createObjectBuilder().add("items", items);
        if (more) {
            rest.before().ifPresent(last -> list.add("cursor", last.toString()));
        }
        return list.build();
    }

    private static boolean isWanted(Summary summary, ListQuery query, Scope scope) {
        return scope.sees(summary.owner())
                && query.range().hasBeginning(summary.startedAt())
                && (query.owner().isEmpty() || query.owner().equals(summary.owner()));
    }

    /**
     * One transcript.
     *
     * @throws Problem if there is none that this caller may see
     */
    Stored open(TranscriptStem stem, Scope scope) throws ArchiveException {
        return documents
                .read(stem)
                .filter(stored -> scope.sees(stored.document().owner()))
                .orElseThrow(Problem::notFound);
    }

    /** @throws Problem if the transcript has none (404) */
    ArchivedAudio audio(Stored stored) throws ArchiveException {
        return archive.audio(stored.archived().stem())
                .orElseThrow(() -> new Problem(404, "Not Found", "No audio is kept of this transcript."));
    }

    /**
     * Corrects a transcript and renders all its stored documents anew.
     *
     * @param condition {@code If-Match}; null if there is none
     * @throws Problem if there is no such transcript (404), no condition (428), or one that does not hold (412)
     */
    Stored edit(TranscriptStem stem, Scope scope, String condition, TranscriptPatch patch) throws ArchiveException {
        Stored before = open(stem, scope);
        if (condition == null) {
            throw new Problem(
                    428,
                    "Precondition Required",
                    "Send If-Match with the ETag that you read, so that nobody else's edit is lost.");
        }
        require(condition, before);
        TranscriptDocument after =
                new TranscriptDocument(stem, patch.apply(before.document().json(), Instant.now()));
        String revision = archive.writeBack(before.archived(), documents(before.archived(), after));
        ArchivedTranscript written = new ArchivedTranscript(
                before.archived().listed(), revision, before.archived().session(), true, after.text());
        Stored stored = new Stored(written, after);
        index.onChanged(stored);
        return stored;
    }

    private static List<TranscriptDocuments.Document> documents(
            ArchivedTranscript archived, TranscriptDocument edited) {
        Transcript transcript = edited.transcript();
        List<TranscriptDocuments.Document> documents = new ArrayList<>();
        for (DocumentFormat format : DocumentFormat.values()) {
            if (format == DocumentFormat.JSON) {
                documents.add(format.document(edited.text()));
            } else if (archived.rendered().contains(format.extension())) {
                documents.add(format.document(format.words(transcript, edited.speakers())));
            }
        }
        return documents;
    }

    /**
     * Deletes a transcript with all that belongs to it.
     *
     * @param condition {@code If-Match}; null if there is none
     * @throws Problem if there is no such transcript (404), or the condition does not hold (412)
     */
    void delete(TranscriptStem stem, Scope scope, String condition) throws ArchiveException {
        Stored stored = open(stem, scope);
        if (condition != null) {
            require(condition, stored);
        }
        archive.delete(stem);
        index.onDeleted(stem);
    }

    private static void require(String condition, Stored stored) {
        if (!Revisions.match(condition, stored.archived().revision())) {
            throw Problem.conflict();
        }
    }
}
