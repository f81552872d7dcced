package dev.steno.archive.file;

import dev.steno.archive.ArchiveException;
import dev.steno.archive.ArchiveFolders;
import dev.steno.archive.InFolder;
import dev.steno.archive.KeyTakenException;
import dev.steno.archive.StoredTranscript;
import dev.steno.archive.TranscriptArchive;
import dev.steno.archive.TranscriptDocuments;
import dev.steno.archive.TranscriptDocuments.Document;
import dev.steno.archive.TranscriptJson;
import dev.steno.files.PrivateFiles;
import dev.steno.files.WholeFiles;
import dev.steno.transcript.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps transcripts as files in one folder, readable for this user alone. Other processes may store in the same folder:
 * a file appears under its name whole or not at all, and never replaces another.
 */
@InFolder
@ApplicationScoped
public class FileTranscriptArchive implements TranscriptArchive {
    /** Nothing that leads out of the folder, hides a file, or means something to a shell. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final Path folder;
    private final NewFiles files;

    protected FileTranscriptArchive() { // for the container's proxy
        folder = null;
        files = null;
    }

    @Inject
    public FileTranscriptArchive(ArchiveFolders folders) {
        this(folders.archive(), new NewFiles());
    }

    FileTranscriptArchive(Path folder, NewFiles files) {
        this.folder = folder;
        this.files = files;
        files.sweep(folder);
    }

    @Override
    public String description() {
        return folder.toString();
    }

    @Override
    public StoredTranscript store(TranscriptDocuments documents) throws ArchiveException {
        try {
            PrivateFiles.createFolders(folder);
            return store(documents, targets(documents));
        } catch (IOException e) {
            String message =
                    "Cannot write to " + folder + ": " + e + ". Check ARCHIVE_DIR, its permissions and its disk.";
            throw new ArchiveException(message, !needsRepair(e), e);
        }
    }

    @Override
    public void addBeside(StoredTranscript transcript, SessionId session, Document document) throws ArchiveException {
        String name = transcript.stem() + "." + document.extension();
        if (!PLAIN_NAME.matcher(name).matches()) {
            throw new ArchiveException("Not a name for a file in a folder: " + name, false, null);
        }
        try {
            WholeFiles.replace(folder.resolve(name), bytes(document));
            PrivateFiles.forceFolder(folder);
        } catch (IOException e) {
            throw new ArchiveException("Cannot write to " + folder + ": " + e, !needsRepair(e), e);
        }
    }

    private StoredTranscript store(TranscriptDocuments documents, List<Path> targets)
            throws IOException, KeyTakenException {
        boolean own = documents.triedBefore() && isOwn(documents, targets);
        if (!own && (targets.stream().anyMatch(Files::exists) || Files.exists(audio(documents)))) {
            throw new KeyTakenException(key(documents, 0));
        }
        for (int i = 0; i < targets.size(); i++) {
            byte[] content = bytes(documents.documents().get(i));
            boolean created = files.create(targets.get(i), content);
            if (!created && i == 0 && !own) { // somebody was faster; of the other documents, one that is there is own
                throw new KeyTakenException(key(documents, 0));
            }
            if (i == 0 && documents.audio().isPresent()) {
                files.create(audio(documents), documents.audio().get().path());
            }
        }
        PrivateFiles.forceFolder(folder);
        return new StoredTranscript(key(documents, 0), targets.get(0).toString());
    }

    /** By the session id where a JSON document says it, else by the words. */
    private static boolean isOwn(TranscriptDocuments documents, List<Path> targets) throws IOException {
        for (int i = 0; i < targets.size(); i++) {
            if (documents.documents().get(i).extension().equals("json") && Files.exists(targets.get(i))) {
                return TranscriptJson.sessionId(new String(Files.readAllBytes(targets.get(i)), StandardCharsets.UTF_8))
                        .filter(documents.sessionId()::equals)
                        .isPresent();
            }
        }
        return Files.exists(targets.get(0))
                && Arrays.equals(
                        Files.readAllBytes(targets.get(0)),
                        bytes(documents.documents().get(0)));
    }

    private List<Path> targets(TranscriptDocuments documents) throws ArchiveException {
        List<Path> targets = new ArrayList<>();
        for (int i = 0; i < documents.documents().size(); i++) {
            String key = key(documents, i);
            if (!PLAIN_NAME.matcher(key).matches()) {
                throw new ArchiveException("Not a name for a file in a folder: " + key, false, null);
            }
            targets.add(folder.resolve(key));
        }
        return targets;
    }

    private Path audio(TranscriptDocuments documents) {
        return folder.resolve(documents.stem() + "." + TranscriptDocuments.AUDIO);
    }

    private static String key(TranscriptDocuments documents, int index) {
        return documents.stem() + "." + documents.documents().get(index).extension();
    }

    private static byte[] bytes(Document document) {
        return document.content().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean needsRepair(IOException e) {
        return e instanceof AccessDeniedException
                || e instanceof NotDirectoryException
                || e instanceof FileAlreadyExistsException; // a file where the folder was
    }
}
