package dev.steno.library;

import dev.steno.archive.ArchiveException;
import dev.steno.archive.ArchivedTranscripts;
import dev.steno.archive.ListRange;
import dev.steno.archive.TranscriptStem;
import dev.steno.threads.ContainerThreads;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.store.AlreadyClosedException;

/**
 * The search index of this node, kept up with the archive in the background: a look at the newest names every minute,
 * at all of them every hour, and at once at what this node stores or changes. Searches wait for none of that.
 */
@ApplicationScoped
public class LibraryIndex {
    private static final Duration FIRST_LOOK = Duration.ofSeconds(2);
    private static final Duration NEXT_LOOK = Duration.ofMinutes(1);

    /** After an index that broke: what broke it, a full disk perhaps, may be there still. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** Looks at the newest between two looks at all: a bucket charges for lists. */
    private static final int LOOKS_AT_NEWEST = 60;

    /** At the least, between two refreshes: each writes a piece of the index. */
    private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long a list of one's own transcripts waits for the newest names. */
    private static final long PATIENCE_SECONDS = 5;

    private static final System.Logger LOG = System.getLogger(LibraryIndex.class.getName());

    private final OpenIndex index;
    private final Executor worker;
    private final ScheduledExecutorService timer;
    private final IndexUpkeep upkeep;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile long refreshedAt = System.nanoTime() - REFRESH_NANOS;
    private final ReentrantLock catchingUp = new ReentrantLock();
    private volatile boolean complete;
    private ScheduledFuture<?> looks;
    private int sinceAll = LOOKS_AT_NEWEST;

    protected LibraryIndex() { // for the container's proxy
        index = null;
        worker = null;
        timer = null;
        upkeep = null;
    }

    @Inject
    public LibraryIndex(IndexFolder folder, ArchivedTranscripts archive, ContainerThreads threads) {
        this(
                folder,
                new IndexUpkeep(archive, threads.pool("library-read", 4)), // a bucket answers several at once
                threads.pool("library-index", 2),
                threads.timer("library-time", 1));
    }

    /**
     * @param worker writes the index and waits for the archive; what was just stored must not wait for a look at all
     *     names
     * @param timer only starts work
     */
    LibraryIndex(IndexFolder folder, IndexUpkeep upkeep, Executor worker, ScheduledExecutorService timer) {
        index = new OpenIndex(folder);
        this.upkeep = upkeep;
        this.worker = worker;
        this.timer = timer;
    }

    /** To be called once when the application starts. */
    public void begin() {
        looks = timer.scheduleWithFixedDelay(
                () -> submit(this::look), FIRST_LOOK.toMillis(), NEXT_LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether all that was in the archive when this node started is in the index. */
    boolean isComplete() {
        return complete && index.get().isPresent();
    }

    /** For health data. */
    public IndexStatus status() {
        Optional<String> problem = index.problem();
        String state = looks == null ? "off" : problem.isPresent() ? "broken" : isComplete() ? "ready" : "building";
        return new IndexStatus(state, index.size(), upkeep.reached(), problem);
    }

    /**
     * @param words empty for all transcripts
     * @throws Problem (503) while there is no index
     */
    List<SearchIndex.Found> newest(Optional<String> words, Optional<String> owner, ListRange range, int limit) {
        return ask(now -> now.newest(words, owner, range, limit));
    }

    /** What fits the query's words best, from its place on. */
    List<SearchIndex.Found> best(ListQuery query, Optional<String> owner, int limit) {
        return ask(now -> now.best(
                query.words().orElseThrow(),
                owner,
                query.range(),
                query.bestFrom().orElseThrow(),
                limit));
    }

    /** A question to the index. */
    @FunctionalInterface
    private interface Question {
        List<SearchIndex.Found> ask(SearchIndex index) throws IOException;
    }

    private List<SearchIndex.Found> ask(Question question) {
        SearchIndex now = index.get()
                .orElseThrow(() -> Problem.unavailable("The search index is not there yet. Try again in a moment."));
        try {
            return question.ask(now);
        } catch (IOException | AlreadyClosedException e) {
            submit(() -> throwAway(now, e));
            throw Problem.unavailable("The search index is built anew. Try again in a moment.");
        }
    }

    /** Waits, within limits, until the newest names of the archive are in the index. */
    void catchUp() {
        boolean mine = false;
        try {
            mine = catchingUp.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (mine) {
                guarded(upkeep::lookAtNewest);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (mine) {
                catchingUp.unlock();
            }
        }
    }

    /** This node stored a transcript; its words are searched for from a moment later on. */
    void onStored(TranscriptStem stem) {
        submit(() -> {
            if (guarded(now -> upkeep.look(now, stem))) {
                refreshSoon();
            }
        });
    }

    /** At once, or with what else is stored within the second after the last time. */
    private void refreshSoon() {
        if (refreshing.compareAndSet(false, true)) {
            long wait = refreshedAt + REFRESH_NANOS - System.nanoTime();
            submit(Duration.ofNanos(Math.max(0, wait)), this::refresh);
        }
    }

    private void refresh() {
        refreshing.set(false);
        refreshedAt = System.nanoTime();
        guarded(SearchIndex::refresh);
    }

    /** A transcript was corrected here. */
    void onChanged(StoredDocuments.Stored stored) {
        guarded(now -> upkeep.put(now, stored));
    }

    /** A transcript was deleted here. */
    void onDeleted(TranscriptStem stem) {
        guarded(now -> upkeep.remove(now, stem));
    }

    /** Work on the index. */
    @FunctionalInterface
    private interface Work {
        void on(SearchIndex index) throws IOException, ArchiveException;
    }

    /** One at a time: a look at all names may take longer than the time between two looks. */
    private void look() {
        if (looking.compareAndSet(false, true)) {
            try {
                if (index.get().isEmpty()) {
                    index.open();
                    sinceAll = LOOKS_AT_NEWEST;
                }
                lookAround();
            } finally {
                looking.set(false);
            }
        }
    }

    private void lookAround() {
        boolean all = sinceAll >= LOOKS_AT_NEWEST;
        boolean done = guarded(all ? upkeep::lookAtAll : upkeep::lookAtNewest);
        if (done && all) {
            complete = true;
            index.heal();
            sinceAll = 0;
        } else {
            sinceAll++;
        }
    }

    /** @return whether it was done; if not, a later look does it */
    private boolean guarded(Work work) {
        Optional<SearchIndex> now = index.get();
        if (now.isEmpty()) {
            return false;
        }
        try {
            work.on(now.get());
            return true;
        } catch (ArchiveException e) {
            LOG.log(Level.DEBUG, "The archive could not be read for the search index.", e);
        } catch (IOException | AlreadyClosedException e) {
            submit(() -> throwAway(now.get(), e));
        }
        return false;
    }

    private void throwAway(SearchIndex broken, Exception fault) {
        if (looks != null && !looks.isCancelled() && index.throwAway(broken, fault)) {
            complete = false;
            submit(AGAIN, this::look);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the task itself deals with every outcome
    private void submit(Duration delay, Runnable task) {
        unlessGoingDown(() -> timer.schedule(() -> submit(task), delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void submit(Runnable task) {
        unlessGoingDown(() -> worker.execute(task));
    }

    private static void unlessGoingDown(Runnable submission) {
        try {
            submission.run();
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The server goes down; the next start brings the index up to date.", e);
        }
    }

    /** May be called more than once. */
    @PreDestroy
    void end() {
        if (looks != null) {
            looks.cancel(false);
        }
        index.close();
    }
}
