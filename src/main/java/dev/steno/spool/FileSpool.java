package dev.steno.spool;

import dev.steno.files.PrivateFiles;
import dev.steno.transcript.AudioFormat;
import dev.steno.transcript.SessionId;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The spool of one recording: from the beginning a WAV file, whose header is filled in at the end. Between two writes
 * the file is closed, as journals are.
 */
final class FileSpool implements AudioSpool {
    /** Two seconds: few enough writes for twenty recordings on a slow disk, little memory. */
    static final int WRITE_BYTES = 2 * AudioFormat.BYTES_PER_SECOND;

    /** A disk that takes none of two minutes of audio hangs. */
    static final int MOST_PENDING = 120 * AudioFormat.BYTES_PER_SECOND;

    /** An hour. A recording ends before its client was away for so long, so this is a client's wrong position. */
    static final long LONGEST_GAP = 3600L * AudioFormat.BYTES_PER_SECOND;

    /** A little less than the 4 GiB that a WAV file can have: 37 hours. */
    private static final long MOST_BYTES = (1L << 32) - 1024;

    private static final System.Logger LOG = System.getLogger(FileSpool.class.getName());

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Chunk(long position, byte[] pcm) {}

    private final SessionId recording;
    private final Path file;
    private final AudioSpools spools;

    /** Guards what is in memory. */
    private final Object memory = new Object();

    private List<Chunk> pending = new ArrayList<>();
    private int pendingBytes;
    private long end;

    /** Guards the file. */
    private final Object disk = new Object();

    private boolean created;
    private boolean unforced;

    private volatile boolean over;

    FileSpool(SessionId recording, Path file, AudioSpools spools) {
        this.recording = recording;
        this.file = file;
        this.spools = spools;
    }

    @Override
    public boolean add(long position, byte[] pcm) {
        synchronized (memory) {
            if (over) {
                return false;
            }
            if (pendingBytes + pcm.length > MOST_PENDING) {
                return drop("its disk does not answer", null);
            }
            if (position - end > LONGEST_GAP || position + pcm.length > MOST_BYTES) {
                return drop("audio at byte " + position + " is too far behind byte " + end, null);
            }
            boolean wasDue = pendingBytes >= WRITE_BYTES;
            pending.add(new Chunk(position, pcm));
            pendingBytes += pcm.length;
            end = Math.max(end, position + pcm.length);
            return !wasDue && pendingBytes >= WRITE_BYTES;
        }
    }

    @Override
    public void write() {
        onDisk(this::writePending);
    }

    @Override
    public void force() {
        onDisk(() -> {
            writePending();
            if (unforced) {
                forceFile();
                unforced = false;
            }
        });
    }

    private void writePending() throws IOException {
        List<Chunk> chunks;
        synchronized (memory) {
            chunks = pending;
            pending = new ArrayList<>();
            pendingBytes = 0;
        }
        if (chunks.isEmpty()) {
            return;
        }
        spools.requireRoom();
        try (FileChannel channel = open()) {
            for (Chunk chunk : chunks) {
                writeAll(channel, chunk.pcm(), WavHeader.BYTES + chunk.position());
            }
        }
        unforced = true;
    }

    /** A file that somebody deleted is not begun again in the middle: opening it fails. */
    private FileChannel open() throws IOException {
        if (created) {
            return PrivateFiles.open(file, StandardOpenOption.WRITE);
        }
        PrivateFiles.createFolders(file.getParent());
        FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        created = true;
        return channel;
    }

    private static void writeAll(FileChannel channel, byte[] bytes, long position) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest, position + rest.position());
        }
    }

    private void forceFile() throws IOException {
        try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.WRITE)) {
            channel.force(true); // with the length
        }
        PrivateFiles.forceFolder(file.getParent());
    }

    @Override
    public void cut(long position) {
        onDisk(() -> {
            created = Files.exists(file);
            if (!created) {
                return;
            }
            try (FileChannel channel = open()) {
                long length = WavHeader.BYTES + position;
                if (channel.size() > length) {
                    channel.truncate(length);
                    channel.force(true);
                }
            }
        });
    }

    @Override
    public void resume(long position) {
        cut(position);
        synchronized (memory) {
            end = position;
        }
        if (position > 0 && !created) {
            giveUp("its beginning is not on this disk");
        }
    }

    @Override
    public Optional<WavFile> finish() {
        List<WavFile> finished = new ArrayList<>();
        onDisk(() -> {
            writePending();
            created = Files.exists(file);
            if (created) {
                finished.add(finishFile());
            }
        });
        return finished.stream().findFirst();
    }

    private WavFile finishFile() throws IOException {
        try (FileChannel channel = open()) {
            long pcm = Math.max(0, channel.size() - WavHeader.BYTES);
            long whole = pcm - pcm % AudioFormat.BYTES_PER_SAMPLE; // a process may have died between two bytes
            channel.truncate(WavHeader.BYTES + whole);
            writeAll(channel, WavHeader.of(whole), 0);
            channel.force(true);
            return new WavFile(file, WavHeader.BYTES + whole);
        }
    }

    @Override
    public void giveUp(String reason) {
        drop(reason, null);
        delete();
    }

    @Override
    public void delete() {
        synchronized (disk) {
            over = true;
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.log(Level.WARNING, "The audio {0} cannot be deleted: {1}. Delete it by hand.", file, e);
            }
        }
    }

    /** What may fail. */
    @FunctionalInterface
    private interface DiskWork {
        void run() throws IOException;
    }

    private void onDisk(DiskWork work) {
        synchronized (disk) {
            if (over) {
                delete(); // given up on a thread that must not wait for the disk
                return;
            }
            try {
                work.run();
            } catch (IOException e) {
                drop(e.toString(), e);
                delete();
            }
        }
    }

    /** @return false, for {@link #add} */
    private boolean drop(String reason, Throwable cause) {
        synchronized (memory) {
            pending = new ArrayList<>();
            pendingBytes = 0;
            if (over) {
                return false;
            }
            over = true;
        }
        spools.onDropped();
        LOG.log(
                Level.WARNING,
                "Recording " + recording + ": its audio is not kept any longer, because " + reason
                        + ". The transcript is not affected. Check the disk of JOURNAL_DIR: with ARCHIVE_AUDIO=wav each"
                        + " recording needs 115 MB an hour there.",
                cause);
        return false;
    }
}
