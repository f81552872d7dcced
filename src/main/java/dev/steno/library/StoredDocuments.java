package dev.steno.library;

import dev.steno.archive.ArchiveException;
import dev.steno.archive.ArchivedTranscript;
import dev.steno.archive.ArchivedTranscripts;
import dev.steno.archive.ListedTranscript;
import dev.steno.archive.TranscriptStem;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Reads transcripts from the archive. Where the stored JSON is damaged, the words come from the text beside it. */
final class StoredDocuments {
    private static final System.Logger LOG = System.getLogger(StoredDocuments.class.getName());

    private final ArchivedTranscripts archive;

    StoredDocuments(ArchivedTranscripts archive) {
        this.archive = archive;
    }

    /**
     * A transcript as it was read, and what it says.
     *
     * @param archived with the revision of what is stored, so that an edit replaces a damaged JSON
     */
    record Stored(ArchivedTranscript archived, TranscriptDocument document) {
        /** The stored JSON byte by byte, or the one that was made. */
        String json() {
            return archived.isJson() ? archived.content() : document.text();
        }
    }

    /** Empty if there is no transcript of this name. */
    Optional<Stored> read(TranscriptStem stem) throws ArchiveException {
        return understood(archive.read(stem));
    }

    /** Empty if it is gone. */
    Optional<Stored> read(ListedTranscript listed) throws ArchiveException {
        return understood(archive.read(listed));
    }

    private Optional<Stored> understood(Optional<ArchivedTranscript> read) throws ArchiveException {
        if (read.isEmpty()) {
            return Optional.empty();
        }
        ArchivedTranscript archived = read.get();
        JsonObject known = JsonValue.EMPTY_JSON_OBJECT;
        try {
            TranscriptDocument document = TranscriptDocument.of(archived);
            known = document.json();
            document.segments();
            return Optional.of(new Stored(archived, document));
        } catch (JsonException e) {
            LOG.log(
                    Level.WARNING,
                    "The JSON of {0} in the archive is damaged; its words are taken from the text.",
                    archived.stem());
            return fromText(archived, known);
        }
    }

    /** @param known what could be read of the JSON */
    private Optional<Stored> fromText(ArchivedTranscript damaged, JsonObject known) throws ArchiveException {
        Optional<ArchivedTranscript> text = archive.read(damaged.listed().asText());
        return text.map(words -> {
            TranscriptDocument document = TranscriptDocument.ofText(words, known);
            String content = known.isEmpty() ? document.text() : damaged.content();
            return new Stored(
                    new ArchivedTranscript(
                            damaged.listed(), damaged.revision(), damaged.session(), damaged.isJson(), content),
                    document);
        });
    }
}
