package dev.steno.archive;

import dev.steno.configuration.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Deletes transcripts from the archive folder when {@code ARCHIVE_RETENTION} is over, by the moment in their names.
 * Touches only files that are named as Steno names them, and no journal. In a bucket that is the work of a lifecycle
 * rule.
 */
@ApplicationScoped
public class ArchiveRetention {
    private static final String KEY = "ARCHIVE_RETENTION";

    /** As for journals: GlassFish 7 loses tasks that begin while it deploys. */
    private static final Duration FIRST_LOOK = Duration.ofMinutes(1);

    private static final Duration NEXT_LOOK = Duration.ofDays(1);

    private static final System.Logger LOG = System.getLogger(ArchiveRetention.class.getName());

    private final Optional<Duration> retention;
    private final boolean inBucket;
    private final ArchiveFolders folders;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final InstantSource clock;
    private ScheduledFuture<?> looks;

    /** For the container's proxy only. */
    protected ArchiveRetention() {
        retention = Optional.empty();
        inBucket = false;
        folders = null;
        executor = null;
        scheduler = null;
        clock = null;
    }

    @Inject
    public ArchiveRetention(Settings settings, ArchiveFolders folders, ArchiveExecutors executors) {
        this(settings, folders, executors.archive(), executors.schedule(), InstantSource.system());
    }

    /**
     * @param executor runs the look, which blocks on the disk
     * @param scheduler only starts it
     */
    ArchiveRetention(
            Settings settings,
            ArchiveFolders folders,
            Executor executor,
            ScheduledExecutorService scheduler,
            InstantSource clock) {
        // A day: it looks no more often. A hundred years: nobody means more.
        retention = settings.duration(KEY, Duration.ofDays(1), Duration.ofDays(36_500));
        inBucket = settings.text(ArchiveSelector.S3_BUCKET).isPresent();
        this.folders = folders;
        this.executor = executor;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /** Whether transcripts in the folder are deleted some day. */
    public boolean isOn() {
        return retention.isPresent() && !inBucket;
    }

    /** To be called once when the application starts; what there is to do is done in the background, then daily. */
    public void begin() {
        if (retention.isEmpty()) {
            return;
        }
        if (inBucket) {
            LOG.log(
                    Level.WARNING,
                    "ARCHIVE_RETENTION={0} is for the local folder and does nothing here: what is in a bucket expires by"
                            + " the bucket's lifecycle rules (see terraform/).",
                    retention.get());
            return;
        }
        Path folder = folders.archive();
        LOG.log(Level.INFO, "Transcripts in {0} are deleted after {1}.", folder, retention.get());
        looks = scheduler.scheduleAtFixedRate(
                () -> executor.execute(() -> deleteOld(folder)),
                FIRST_LOOK.toMillis(),
                NEXT_LOOK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void end() {
        if (looks != null) {
            looks.cancel(false);
        }
    }

    void deleteOld(Path folder) {
        Instant before = clock.instant().minus(retention.orElseThrow());
        int deleted = 0;
        try {
            for (Path file : files(folder)) {
                boolean old = TranscriptKey.startOf(file.getFileName().toString())
                        .filter(before::isAfter)
                        .isPresent();
                if (old && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    deleted += Files.deleteIfExists(file) ? 1 : 0;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.log(Level.WARNING, "Not all transcripts that are older than ARCHIVE_RETENTION could be deleted.", e);
        }
        if (deleted > 0) {
            LOG.log(Level.INFO, "Deleted {0} files of transcripts older than {1}.", deleted, retention.orElseThrow());
        }
    }

    /** In an order in which the text, which holds the name, comes after everything else of its recording. */
    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            found.forEach(files::add);
        }
        files.sort(Comparator.comparing((Path file) -> file.toString().endsWith(".txt")));
        return files;
    }
}
