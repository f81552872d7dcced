package dev.steno.quota;

import dev.steno.archive.ArchiveExecutors;
import dev.steno.archive.ArchiveFolders;
import dev.steno.configuration.Settings;
import dev.steno.transcript.AudioFormat;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The guard of the bill: {@code DAILY_MINUTES} of audio may go to the engine in a UTC day. What is counted is what
 * Amazon bills: audio that was sent, twice if it was sent again, and at least 15 s for each stream. Kept in a file,
 * written each minute and at the end of each recording, so that a restart does not begin anew. In a cluster the minutes
 * of all nodes count, as far as they can tell each other. Thread-safe; only {@link #save} blocks, and runs in the
 * background.
 */
@ApplicationScoped
public class DailyMinutes {
    /** For how many days a node with all its places taken could be busy in one, times ten: more is a slip. */
    private static final int MOST = 10_000_000;

    /** A crash forgets at most so much of each recording. */
    private static final Duration SAVED_EACH = Duration.ofMinutes(1);

    /** A clock that is further off than this is forgotten with what it counted. */
    static final int DAYS_KEPT = 40;

    private static final Duration ENDLESS = Duration.ofDays(36_500);

    private static final System.Logger LOG = System.getLogger(DailyMinutes.class.getName());

    private final int limit;
    private final MinutesFiles files;
    private final Executor executor;
    private final InstantSource clock;
    private final NodesMinutes nodes;
    /** In bytes of audio, by this process. */
    private final AtomicLong used = new AtomicLong();

    private final AtomicBoolean saving = new AtomicBoolean();
    /** In seconds of audio, by earlier processes, and by others that share the folder. */
    private volatile long usedByOthers;

    /** What was used on other days, in case a clock that jumped comes back: the guard must not forget. */
    private final Map<LocalDate, Used> otherDays = new HashMap<>();

    private volatile LocalDate day;
    private volatile Instant savedAt;

    private record Used(long bytes, long secondsByOthers) {}

    /**
     * @param limit minutes in a day
     * @param used of them today
     */
    public record Status(int limit, int used) {}

    /** For the container's proxy only. */
    protected DailyMinutes() {
        this(0, null, null, InstantSource.system(), SharedUsage.UNSHARED);
    }

    @Inject
    public DailyMinutes(Settings settings, ArchiveFolders folders, ArchiveExecutors executors, SharedUsage nodes) {
        this(settings, folders.journal(), executors.journal(), InstantSource.system(), nodes);
    }

    /** For a single node. */
    public DailyMinutes(Settings settings, Path folder, Executor executor, InstantSource clock) {
        this(settings, folder, executor, clock, SharedUsage.UNSHARED);
    }

    /**
     * @param folder in which this process can write; untouched without a limit
     * @param executor runs the writes, which block
     */
    public DailyMinutes(Settings settings, Path folder, Executor executor, InstantSource clock, SharedUsage nodes) {
        this(settings.integer("DAILY_MINUTES", 0, 1, MOST), new MinutesFiles(folder), executor, clock, nodes);
    }

    /** @param limit minutes; 0 for no limit */
    private DailyMinutes(int limit, MinutesFiles files, Executor executor, InstantSource clock, SharedUsage nodes) {
        this.nodes = new NodesMinutes(nodes);
        this.limit = limit;
        this.files = files;
        this.executor = executor;
        this.clock = clock;
        day = today();
        savedAt = clock.instant();
        if (limit > 0) {
            usedByOthers = files.usedByOthers(day);
        }
    }

    /** No limit at all. */
    public static DailyMinutes unlimited() {
        return new DailyMinutes();
    }

    /** A stream is opened to the engine. */
    public StreamMeter meter(Duration least) {
        return new StreamMeter(this, least);
    }

    void charge(long audioBytes) {
        used.addAndGet(audioBytes);
    }

    boolean usedUp() {
        return left().compareTo(Duration.ZERO) <= 0;
    }

    /** Of today; negative if more was used. A very long time without a limit. */
    Duration left() {
        if (limit == 0) {
            return ENDLESS;
        }
        turnDay();
        return Duration.ofMinutes(limit).minusSeconds(usedSeconds());
    }

    /** The rule, for whom it stops now or soon. */
    public String rule() {
        Duration wait = Duration.between(
                clock.instant(), day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        return "This server transcribes " + limit + " minutes a day (DAILY_MINUTES). Once they are used up, it takes"
                + " recordings again from 00:00 UTC, in " + wait.toHours() + " h " + wait.toMinutesPart() + " min.";
    }

    /** For people; empty without a limit. */
    public Optional<Status> status() {
        return limit == 0
                ? Optional.empty()
                : Optional.of(new Status(
                        limit,
                        Math.toIntExact(Duration.ofMinutes(limit).minus(left()).toMinutes())));
    }

    /** Does what is due; to be called every now and then while recordings run. */
    public void tick() {
        if (limit > 0 && nodes.isDue()) {
            share();
        }
        if (limit > 0 && Duration.between(savedAt, clock.instant()).abs().compareTo(SAVED_EACH) >= 0) {
            saveSoon();
        }
    }

    /**
     * Tells the other nodes what this one used, and hears what they did. On a single node that is done at once.
     *
     * @return never fails
     */
    public CompletionStage<Void> share() {
        if (limit == 0) {
            return CompletableFuture.completedStage(null);
        }
        turnDay();
        synchronized (this) {
            return nodes.ask(day, used.get());
        }
    }

    void saveSoon() {
        if (limit == 0 || !saving.compareAndSet(false, true)) {
            return;
        }
        savedAt = clock.instant();
        try {
            executor.execute(() -> {
                try {
                    save();
                } finally {
                    saving.set(false); // whatever went wrong, the next time is due in a minute
                }
            });
        } catch (RejectedExecutionException e) {
            saving.set(false); // the server goes down, and saves once more then
        }
    }

    /** May be called more than once, as some servers do. */
    @PreDestroy
    void save() {
        if (limit == 0) {
            return;
        }
        turnDay();
        try {
            if (ownSeconds() > 0) {
                files.write(day, ownSeconds());
            }
            usedByOthers = files.usedByOthers(day);
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "The minutes of today cannot be written. A restart would count from what was written last. Check"
                            + " JOURNAL_DIR and its disk.",
                    e);
        }
    }

    /** What other nodes used is known from them; what earlier processes here used, from them and from the disk. */
    private long usedSeconds() {
        long ofNodes = nodes.bytesOfOthers(day) / AudioFormat.BYTES_PER_SECOND;
        return ownSeconds() + Math.max(usedByOthers, ofNodes);
    }

    private long ownSeconds() {
        return used.get() / AudioFormat.BYTES_PER_SECOND;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private synchronized void turnDay() {
        LocalDate today = today();
        if (!day.equals(today)) {
            otherDays.put(day, new Used(used.get(), usedByOthers));
            Used known = otherDays.getOrDefault(today, new Used(0, 0));
            used.set(known.bytes());
            usedByOthers = known.secondsByOthers();
            day = today;
            otherDays.keySet().removeIf(each -> Math.abs(ChronoUnit.DAYS.between(each, today)) > DAYS_KEPT);
        }
    }
}
