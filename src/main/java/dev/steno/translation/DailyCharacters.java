package dev.steno.translation;

import dev.steno.files.PrivateFiles;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * How many characters were sent to the service today (UTC). Kept in a file, so that a restart does not forget it.
 * Thread-safe.
 */
public final class DailyCharacters {
    private static final System.Logger LOG = System.getLogger(DailyCharacters.class.getName());

    private final OptionalLong limit;
    private final Optional<Path> file;
    private final InstantSource clock;
    private final Executor writer;
    private LocalDate day;
    private long sent;
    private boolean writeWaits;

    /**
     * @param file where the number is kept; empty to keep it in memory only
     * @param writer runs the writes, which block
     */
    public DailyCharacters(OptionalLong limit, Optional<Path> file, InstantSource clock, Executor writer) {
        this.limit = limit;
        this.file = limit.isPresent() ? file : Optional.empty();
        this.clock = clock;
        this.writer = writer;
        this.day = today();
        this.file.ifPresent(this::read);
    }

    /** @return whether so many more may be sent; then they count */
    boolean take(long characters) {
        synchronized (this) {
            if (!today().equals(day)) {
                day = today();
                sent = 0;
            }
            if (limit.isPresent() && sent + characters > limit.getAsLong()) {
                return false;
            }
            sent += characters;
        }
        keep();
        return true;
    }

    /** The service did not translate these, which costs nothing. */
    void giveBack(long characters) {
        synchronized (this) {
            sent = Math.max(0, sent - characters);
        }
        keep();
    }

    private void keep() {
        synchronized (this) {
            if (file.isEmpty() || writeWaits) {
                return;
            }
            writeWaits = true;
        }
        try {
            writer.execute(() -> write(file.get()));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The server takes no more tasks: it is going down.", e);
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private void read(Path from) {
        try {
            if (Files.exists(from)) {
                String[] parts = Files.readString(from).strip().split(" ", -1);
                if (parts.length == 2 && parts[0].equals(day.toString())) {
                    sent = Long.parseLong(parts[1]);
                }
            }
        } catch (IOException | NumberFormatException e) {
            LOG.log(Level.WARNING, "{0} cannot be read; today''s translations are counted from 0: {1}", from, e);
        }
    }

    private void write(Path to) {
        String content;
        synchronized (this) {
            writeWaits = false;
            content = day + " " + sent + "\n";
        }
        try {
            PrivateFiles.createFolders(to.getParent());
            try (FileChannel channel = PrivateFiles.open(
                    to, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} cannot be written; a restart forgets today''s translations: {1}", to, e);
        }
    }
}
