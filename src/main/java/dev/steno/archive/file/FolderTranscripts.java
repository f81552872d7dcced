package dev.steno.archive.file;

import dev.steno.archive.ArchiveException;
import dev.steno.archive.ArchiveFolders;
import dev.steno.archive.ArchivedAudio;
import dev.steno.archive.ArchivedTranscript;
import dev.steno.archive.ArchivedTranscripts;
import dev.steno.archive.DocumentName;
import dev.steno.archive.InFolder;
import dev.steno.archive.ListRange;
import dev.steno.archive.ListedTranscript;
import dev.steno.archive.RevisionConflictException;
import dev.steno.archive.TranscriptDocuments;
import dev.steno.archive.TranscriptDocuments.Document;
import dev.steno.archive.TranscriptStem;
import dev.steno.files.PrivateFiles;
import dev.steno.files.WholeFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads and rewrites the transcripts of a folder. A document is replaced whole, by a rename; writers of this and of
 * other processes take turns.
 */
@InFolder
@ApplicationScoped
public class FolderTranscripts implements ArchivedTranscripts {
    /** What is looked for beside the text when a list is shown; translations cost a look at the whole folder. */
    private static final List<String> BESIDE = List.of(DocumentName.JSON, "vtt", "srt", "wav", "flac");

    private final Path folder;
    private final StemList stems;
    private final EditLock lock;

    protected FolderTranscripts() { // for the container's proxy
        folder = null;
        stems = null;
        lock = null;
    }

    @Inject
    public FolderTranscripts(ArchiveFolders folders) {
        this(folders.archive());
    }

    FolderTranscripts(Path folder) {
        this.folder = folder;
        stems = new StemList(folder);
        lock = new EditLock(folder);
    }

    @Override
    public List<ListedTranscript> list(ListRange range, int limit) throws ArchiveException {
        try {
            List<ListedTranscript> listed = new ArrayList<>();
            ListRange rest = range;
            List<TranscriptStem> names;
            do { // again only where some were deleted in the meantime
                int wanted = limit - listed.size();
                names = stems.newest(rest, wanted);
                for (TranscriptStem stem : names) {
                    listed(stem).ifPresent(listed::add);
                    rest = rest.before(stem);
                }
                if (names.size() < wanted) {
                    break;
                }
            } while (listed.size() < limit);
            return listed;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public Optional<ArchivedTranscript> read(TranscriptStem stem) throws ArchiveException {
        try {
            Optional<ListedTranscript> listed = listed(stem);
            return listed.isPresent() ? read(listed.get()) : Optional.empty();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public Optional<ArchivedTranscript> read(ListedTranscript listed) throws ArchiveException {
        boolean isJson = listed.extensions().contains(DocumentName.JSON);
        try {
            byte[] content = Files.readAllBytes(file(listed.stem(), isJson ? DocumentName.JSON : DocumentName.TEXT));
            String text = new String(content, StandardCharsets.UTF_8);
            return Optional.of(new ArchivedTranscript(listed, Revision.of(content), Optional.empty(), isJson, text));
        } catch (NoSuchFileException e) { // deleted while it was read
            return Optional.empty();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public Optional<ArchivedAudio> audio(TranscriptStem stem) throws ArchiveException {
        try {
            return FolderAudio.of(file(stem, TranscriptDocuments.AUDIO));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    @SuppressWarnings("try") // it is held, not used
    public String writeBack(ArchivedTranscript before, List<Document> documents) throws ArchiveException {
        TranscriptStem stem = before.stem();
        try (EditLock.Held held = lock.acquire()) {
            Optional<ArchivedTranscript> now = read(stem);
            if (now.isEmpty() || !now.get().revision().equals(before.revision())) {
                throw new RevisionConflictException(stem);
            }
            List<Document> jsonFirst = new ArrayList<>(documents);
            jsonFirst.sort(
                    Comparator.comparing(document -> !document.extension().equals(DocumentName.JSON)));
            for (Document document : jsonFirst) {
                WholeFiles.replace(file(stem, document.extension()), bytes(document));
            }
            PrivateFiles.forceFolder(folder);
            return Revision.of(bytes(jsonFirst.get(0)));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    @SuppressWarnings("try") // it is held, not used
    public boolean delete(TranscriptStem stem) throws ArchiveException {
        try (EditLock.Held held = lock.acquire()) {
            boolean existed = false;
            for (Path file : everythingOf(stem)) {
                existed |= Files.deleteIfExists(file);
            }
            if (existed) {
                PrivateFiles.forceFolder(folder);
            }
            return existed;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private List<Path> everythingOf(TranscriptStem stem) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(
                folder, file -> DocumentName.parse(file.getFileName().toString())
                        .filter(name -> name.stem().equals(stem))
                        .isPresent())) {
            found.forEach(files::add);
        }
        Path text = file(stem, DocumentName.TEXT);
        files.sort(Comparator.comparing(text::equals));
        return files;
    }

    private Optional<ListedTranscript> listed(TranscriptStem stem) throws IOException {
        if (!Files.exists(file(stem, DocumentName.TEXT))) {
            return Optional.empty();
        }
        Set<String> extensions = new HashSet<>(Set.of(DocumentName.TEXT));
        for (String extension : BESIDE) {
            if (Files.exists(file(stem, extension))) {
                extensions.add(extension);
            }
        }
        Path words = file(stem, extensions.contains(DocumentName.JSON) ? DocumentName.JSON : DocumentName.TEXT);
        try {
            BasicFileAttributes attributes = Files.readAttributes(words, BasicFileAttributes.class);
            String version = attributes.lastModifiedTime() + "/" + attributes.size();
            return Optional.of(new ListedTranscript(stem, version, extensions));
        } catch (NoSuchFileException e) { // deleted meanwhile
            return Optional.empty();
        }
    }

    private Path file(TranscriptStem stem, String extension) {
        return folder.resolve(new DocumentName(stem, extension).toString());
    }

    private static byte[] bytes(Document document) {
        return document.content().getBytes(StandardCharsets.UTF_8);
    }

    private ArchiveException failure(IOException e) {
        String message =
                "The archive " + folder + " failed: " + e + ". Check ARCHIVE_DIR, its permissions and its disk.";
        return new ArchiveException(message, true, e);
    }
}
