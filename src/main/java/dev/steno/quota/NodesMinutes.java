package dev.steno.quota;

import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The audio of a day on all nodes, as far as this node has heard. Thread-safe; no method blocks. */
final class NodesMinutes {
    /** Twenty recordings that run too long by this cost less than two minutes. */
    private static final long ASKED_EACH_NANOS = Duration.ofSeconds(5).toNanos();

    private final SharedUsage nodes;
    private LocalDate day = LocalDate.EPOCH;
    private long bytesOfOthers;
    private CompletableFuture<Void> asking = CompletableFuture.completedFuture(null);
    private long askedAt = System.nanoTime() - ASKED_EACH_NANOS;

    NodesMinutes(SharedUsage nodes) {
        this.nodes = nodes;
    }

    /** What the other nodes, and earlier processes of this one, used; 0 if that is not known. */
    synchronized long bytesOfOthers(LocalDate of) {
        return day.equals(of) ? bytesOfOthers : 0;
    }

    /** Whether the others should be asked again by now. */
    synchronized boolean isDue() {
        return System.nanoTime() - askedAt >= ASKED_EACH_NANOS;
    }

    /**
     * Tells the others what this process used, and asks what they did.
     *
     * @return completes when they have answered, or when it is known that they do not. Never fails
     */
    synchronized CompletionStage<Void> ask(LocalDate of, long ownBytes) {
        if (asking.isDone()) {
            askedAt = System.nanoTime();
            asking = nodes.countAudio(of, ownBytes)
                    .thenAccept(total -> heard(of, total - ownBytes))
                    .toCompletableFuture();
        }
        return asking;
    }

    /** A store that lost its memory knows less than before; this node does not forget. */
    private synchronized void heard(LocalDate of, long others) {
        bytesOfOthers = day.equals(of) ? Math.max(bytesOfOthers, others) : Math.max(0, others);
        day = of;
    }
}
