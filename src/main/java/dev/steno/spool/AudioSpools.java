package dev.steno.spool;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.transcript.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Whether the audio of recordings is kept, and where until it is archived. Thread-safe. */
@ApplicationScoped
public class AudioSpools {
    private static final String KEY = "ARCHIVE_AUDIO";
    private static final String OFF = "off";
    private static final String WAV = "wav";
    private static final String REDACTION = "content_redaction_type";

    /** Audio must not take the last of the disk from journals, which have kilobytes a recording. */
    private static final long RESERVE_BYTES = 64L << 20;

    private static final String FOLDER = "audio";

    private static final System.Logger LOG = System.getLogger(AudioSpools.class.getName());

    private final boolean on;
    private final long reserveBytes;
    private final LongAdder dropped = new LongAdder();
    private volatile Path folder;

    protected AudioSpools() { // for the container's proxy
        on = false;
        reserveBytes = 0;
    }

    /**
     * @throws InvalidSettingException if audio is to be kept where it must not be: with redaction it would hold what
     *     the text must not; in a cluster it would lie in pieces on several nodes
     */
    @Inject
    public AudioSpools(Settings settings) {
        this(settings.choice(KEY, OFF, OFF, WAV).equals(WAV), RESERVE_BYTES);
        if (on && settings.text("CLUSTER_URL").isPresent()) {
            throw new InvalidSettingException(
                    KEY, WAV, "off in a cluster (CLUSTER_URL), whose nodes do not share audio: see docs/cluster.md");
        }
        if (on
                && settings.text("TRANSCRIBE_CONTENT_REDACTION_TYPE")
                        .filter(type -> !type.equals("false"))
                        .isPresent()) {
            throw new InvalidSettingException(
                    KEY,
                    WAV,
                    "off with TRANSCRIBE_CONTENT_REDACTION_TYPE: the audio would hold what is redacted in the text");
        }
    }

    AudioSpools(boolean on, long reserveBytes) {
        this.on = on;
        this.reserveBytes = reserveBytes;
    }

    /** For nodes that keep no audio. */
    public static AudioSpools off() {
        return new AudioSpools(false, 0);
    }

    /** Whether the audio of every recording is kept. */
    public boolean on() {
        return on;
    }

    /**
     * Comes before all else but {@link #on}.
     *
     * @param journals the folder of all journals
     */
    public void within(Path journals) {
        folder = journals.resolve(FOLDER);
    }

    /** Where audio is until it is archived; may not exist. */
    public Path folder() {
        return folder;
    }

    /** For a recording that begins. */
    public AudioSpool open(SessionId recording) {
        return on ? new FileSpool(recording, file(recording), this) : AudioSpool.NONE;
    }

    /**
     * For a recording that was begun by a process that is gone, or before {@code ARCHIVE_AUDIO} was changed. Blocks on
     * the disk.
     */
    public AudioSpool existing(SessionId recording) {
        if (on) {
            return new FileSpool(recording, file(recording), this);
        }
        try {
            Files.deleteIfExists(file(recording)); // off means that none is kept
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The audio {0} cannot be deleted: {1}. Delete it by hand.", file(recording), e);
        }
        return AudioSpool.NONE;
    }

    private Path file(SessionId recording) {
        return folder.resolve(recording + ".wav");
    }

    /** @throws IOException if the disk is so full that journals need the rest */
    void requireRoom() throws IOException {
        long room = folder.getParent().toFile().getUsableSpace();
        if (room < reserveBytes) {
            throw new IOException("the disk has " + room + " bytes left, which are kept for journals");
        }
    }

    /** Whether options of {@code start} ask for redaction. */
    public static boolean redacted(Map<String, String> options) {
        String type = options.getOrDefault(REDACTION, "");
        return !type.isEmpty() && !type.equals("false");
    }

    /** Why a recording with these options cannot be made here; empty if it can. */
    public Optional<String> refusal(Map<String, String> options) {
        return on && redacted(options)
                ? Optional.of("This server keeps the audio of recordings (ARCHIVE_AUDIO=wav), which would hold what "
                        + REDACTION + " takes out of the text. Leave that option out, or use a server without audio.")
                : Optional.empty();
    }

    void onDropped() {
        dropped.increment();
    }

    /** Recordings whose audio was given up. */
    public long dropped() {
        return dropped.sum();
    }
}
