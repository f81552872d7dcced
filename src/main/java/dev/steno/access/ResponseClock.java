package dev.steno.access;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long one response has held its thread because its client does not read. One thread writes; others may ask
 * meanwhile.
 */
final class ResponseClock {
    /** A phone on a bad network takes longer now and then; it does not do so in dozens of requests at once. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * A client that reads at least so much is slow, but it reads. Four thousand bytes a second: less than the first
     * modems.
     */
    private static final int BYTES_A_SECOND = 4_096;

    private final LongSupplier nanoTime;
    private volatile boolean writing;
    private volatile long began;
    private volatile long writeNanos;
    private volatile long bytes;
    private IOException failure;

    ResponseClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param write may have to wait for the client */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void time(int length, Write write) throws IOException {
        began = nanoTime.getAsLong();
        writing = true;
        try {
            write.run();
            bytes += length;
        } catch (IOException e) {
            failure = e;
            throw e;
        } finally {
            writing = false;
            writeNanos += nanoTime.getAsLong() - began;
        }
    }

    /** Throws what a write has thrown: a writer of text keeps it to itself. */
    void check() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    /** For how long the thread was held by a client that reads nothing, or next to nothing. */
    long heldNanos() {
        long nanos = writeNanos + (writing ? nanoTime.getAsLong() - began : 0);
        return Math.max(0, nanos - GRACE_NANOS - bytes * TimeUnit.SECONDS.toNanos(1) / BYTES_A_SECOND);
    }

    /** What passes bytes on to the server. */
    interface Write {
        void run() throws IOException;
    }
}
