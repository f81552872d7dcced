package dev.steno.archive;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Holds recordings of processes that are gone for their clients, for a while that begins when the server is ready.
 * Thread-safe.
 */
final class HeldRecordings {
    private static final Duration READY_POLL = Duration.ofSeconds(1);

    /** An engine that is not ready for so long must not keep transcripts from the archive: 5 min. */
    private static final int READY_POLLS = 300;

    private final ScheduledExecutorService scheduler;
    private final Consumer<Path> onGivenUp;
    private final LostRecordings lost = new LostRecordings();
    private volatile Duration window = Duration.ZERO;
    private volatile BooleanSupplier ready = () -> true;

    /** @param onGivenUp sees to a journal whose client did not return; called by the scheduler, which must not block */
    HeldRecordings(ScheduledExecutorService scheduler, Consumer<Path> onGivenUp) {
        this.scheduler = scheduler;
        this.onGivenUp = onGivenUp;
    }

    /**
     * @param resumeWindow for how long a client may return, once the server is ready
     * @param serverReady whether it is
     */
    void begin(Duration resumeWindow, BooleanSupplier serverReady) {
        window = resumeWindow;
        ready = serverReady;
    }

    Duration window() {
        return window;
    }

    /** Whether clients may return at all. */
    boolean isOpen() {
        return !window.isZero();
    }

    void add(Path file, JournalContent content) {
        LostRecordings.Lost held =
                new LostRecordings.Lost(file, content.whole(), content.owner(), content.tokenHashes());
        lost.add(held);
        awaitReady(held, READY_POLLS);
    }

    /** Takes out the recording that a token opens, unless it belongs to another identity. */
    Optional<LostRecordings.Lost> take(String tokenHash, String identity) {
        return lost.remove(tokenHash, identity);
    }

    /** The time for the client to return begins when it can. */
    @SuppressWarnings("FutureReturnValueIgnored") // the tasks themselves deal with every outcome
    private void awaitReady(LostRecordings.Lost held, int polls) {
        if (polls == 0 || ready.getAsBoolean()) {
            scheduler.schedule(() -> giveUp(held), window.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            scheduler.schedule(() -> awaitReady(held, polls - 1), READY_POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The client did not return. */
    private void giveUp(LostRecordings.Lost held) {
        if (lost.remove(held)) {
            onGivenUp.accept(held.file());
        }
    }
}
