package dev.steno.archive;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.files.FolderSize;
import dev.steno.files.PrivateFiles;
import dev.steno.files.WholeFiles;
import dev.steno.spool.AudioSpool;
import dev.steno.spool.AudioSpools;
import dev.steno.transcript.Recording;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The journals of the recordings of this process, in a folder that no other live process touches. Thread-safe. */
@ApplicationScoped
public class TranscriptJournal {
    /** In the folder of the process while {@link #problem} looks; a process that dies then leaves it. */
    static final String PROBE = "probe";

    /** A block of most file systems: a disk that has no room for one has none for a segment. */
    private static final int PROBE_BYTES = 4096;

    private static final System.Logger LOG = System.getLogger(TranscriptJournal.class.getName());

    private final Path root;
    private final Executor executor;
    private final SharedJournals shared;
    private final AudioSpools audio;
    /** Changed by {@link #folder} only. */
    private volatile JournalFolder own;

    private volatile boolean closed;

    protected TranscriptJournal() { // for the container's proxy
        root = null;
        executor = null;
        shared = null;
        audio = null;
    }

    @Inject
    public TranscriptJournal(
            ArchiveFolders folders, ArchiveExecutors executors, SharedJournals shared, AudioSpools audio) {
        this(folders.journal(), executors.journal(), shared, audio);
    }

    /**
     * @param root a folder in which this process can write
     * @param executor runs the writes, which block
     * @throws InvalidSettingException if the folder cannot be used
     */
    public TranscriptJournal(Path root, Executor executor) {
        this(root, executor, SharedJournals.NONE, AudioSpools.off());
    }

    /**
     * @param shared where other nodes find what is written here
     * @param audio whether audio is kept too
     */
    TranscriptJournal(Path root, Executor executor, SharedJournals shared, AudioSpools audio) {
        this.audio = audio;
        audio.within(root);
        this.shared = shared;
        this.root = root;
        this.executor = executor;
        try {
            own = JournalFolder.claim(root);
        } catch (IOException e) {
            String allowed = "a folder in which this process can create and lock files (" + e + ")";
            throw new InvalidSettingException(ArchiveFolders.JOURNAL_DIR, root.toString(), allowed, e);
        }
    }

    /** Begins the journal of a recording. Neither throws nor blocks: the first write tells whether it works. */
    public SessionJournal open(Recording recording) {
        String name = JournalName.of(recording);
        JournalFile file = JournalFile.create(recording, () -> folder().path().resolve(name));
        return new SessionJournal(
                file,
                executor,
                true,
                shared.open(recording.sessionId(), recording.owner().orElse("")),
                audio.open(recording.sessionId()));
    }

    /** Whether audio is kept, for those who tell people of it. */
    public AudioSpools audio() {
        return audio;
    }

    /** Other nodes' journals. */
    SharedJournals shared() {
        return shared;
    }

    /** Writes a journal that now belongs to this node to its disk, where it goes on. Blocks on the disk. */
    AdoptedJournal adopt(SharedJournals.TakenJournal taken) throws IOException {
        byte[] lines = (String.join("\n", taken.lines()) + "\n").getBytes(StandardCharsets.UTF_8);
        JournalContent content = JournalReader.read(
                new ByteArrayInputStream(lines), Path.of(taken.recording().toString()));
        Recording recording = content.recording()
                .orElseThrow(() -> new IOException("The shared journal of " + taken.recording() + " has no header"));
        Path file = folder().path().resolve(JournalName.takenOver(recording));
        WholeFiles.replace(file, lines);
        SessionJournal journal = new SessionJournal(
                JournalFile.existing(file), executor, content.whole(), taken.journal(), AudioSpool.NONE);
        return new AdoptedJournal(content, journal);
    }

    /** A journal of another node that goes on here, and what it holds. */
    record AdoptedJournal(JournalContent content, SessionJournal journal) {}

    /** Where the journals of all processes are, absolute. */
    public Path root() {
        return root;
    }

    /**
     * Tries what the next recording needs: a new file and a block of disk, given back at once. Blocks on the disk, and
     * takes no lock that a recording needs: for {@link JournalCheck}.
     *
     * @return why the journal cannot be written; empty if it can
     */
    Optional<String> problem() {
        try {
            probe();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("The journal cannot be written: " + e + ". Check JOURNAL_DIR and its disk.");
        }
    }

    /** In the folder of all processes if this one's was deleted: the next recording makes another one there. */
    private void probe() throws IOException {
        if (closed) {
            throw new IOException("The application is stopped");
        }
        JournalFolder folder = own;
        Path place = folder.exists() ? folder.path() : root;
        PrivateFiles.createFolders(place);
        try (FileChannel probe = PrivateFiles.open(
                place.resolve(PROBE),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE)) {
            probe.write(ByteBuffer.allocate(PROBE_BYTES));
        }
    }

    /** Bytes that the journals of all processes take, together. Looks at each file: for {@link JournalCheck}. */
    long bytes() {
        return FolderSize.of(root);
    }

    /** Folders of processes that are gone, held by this one until they are closed. */
    List<JournalFolder> takeOverDead() throws IOException {
        return JournalFolder.takeOverDead(root);
    }

    /** One that is archived. */
    SessionJournal existing(Path file) {
        return new SessionJournal(JournalFile.existing(file), executor, true, SharedJournal.NONE, audioOf(file));
    }

    /**
     * One that goes on.
     *
     * @param whole false if a part of it cannot be read: then the file is kept aside in the end
     * @param identity of the caller
     */
    SessionJournal reopen(Path file, boolean whole, String identity) {
        SharedJournal others = JournalName.parse(file)
                .map(recording -> shared.reopen(recording.sessionId(), identity))
                .orElse(SharedJournal.NONE);
        return new SessionJournal(JournalFile.existing(file), executor, whole, others, audioOf(file));
    }

    private AudioSpool audioOf(Path file) {
        return JournalName.parse(file)
                .map(recording -> audio.existing(recording.sessionId()))
                .orElse(AudioSpool.NONE);
    }

    /** Deletes audio of recordings that have no journal. Blocks on the disk. */
    void deleteLeftAudio(Instant now) throws IOException {
        LeftAudio.delete(root, audio.folder(), now);
    }

    /** Deletes the audio of a recording of which nothing is archived. Blocks on the disk. */
    void deleteAudio(Path file) {
        audioOf(file).delete();
    }

    /**
     * Brings the journal of a process that is gone into the folder of this one, where it goes on. Blocks on the disk.
     */
    Path adopt(Path file) throws IOException {
        Path adopted = folder().path().resolve(file.getFileName());
        Files.move(file, adopted, StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.forceFolder(adopted.getParent());
        return adopted;
    }

    /** Leaves what is not archived yet to the next start. May be called more than once, as some servers do. */
    @PreDestroy
    public synchronized void close() {
        closed = true;
        try {
            own.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The journal folder {0} could not be given back: {1}", own.path(), e);
        }
    }

    /** Another one if somebody deleted it, so that the next recordings are safe again. */
    private synchronized JournalFolder folder() throws IOException {
        if (closed) {
            throw new IOException("The application is stopped");
        }
        if (!own.exists()) {
            own.close();
            own = JournalFolder.claim(root);
        }
        return own;
    }
}
