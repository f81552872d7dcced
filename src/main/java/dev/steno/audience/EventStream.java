package dev.steno.audience;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One open response to one viewer. Writes only what the connection takes without waiting: when it takes no more, the
 * container calls back, and until then the viewer costs nothing. Any thread may call {@link #proceed}; one at a time
 * does the work, without a lock that a container's thread could wait for.
 */
final class EventStream implements WriteListener, AsyncListener {
    /** What is written between two questions whether there is room: about what servers buffer for a response. */
    private static final int PIECE = 8 * 1024;

    /** A comment every 15 s, seen from a clock that ticks once a second. */
    private static final long COMMENT_NANOS = 14_000_000_000L;

    /**
     * A viewer that takes nothing for so long is gone; a browser that is not comes back by itself and misses no final.
     */
    private static final long STUCK_NANOS = 180_000_000_000L;

    private static final System.Logger LOG = System.getLogger(EventStream.class.getName());

    private final Viewer viewer;
    private final AsyncContext context;
    private final ServletOutputStream out;
    private final AudienceObserver observer;
    private final Runnable onClosed;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean writable;
    private volatile boolean closed;
    private volatile boolean commentDue;
    private volatile long commentedAt = System.nanoTime();
    private volatile long wroteAt = System.nanoTime();
    private Chunk rest = SseEvents.RETRY;
    private boolean unflushed;

    /** @param onClosed hears of the end at least once */
    EventStream(
            Viewer viewer,
            AsyncContext context,
            ServletOutputStream out,
            AudienceObserver observer,
            Runnable onClosed) {
        this.viewer = viewer;
        this.context = context;
        this.out = out;
        this.observer = observer;
        this.onClosed = onClosed;
    }

    /** Of the translation that is read. */
    Optional<String> language() {
        return viewer.language();
    }

    @Override
    public void onWritePossible() {
        writable = true;
        proceed();
    }

    /**
     * Sends what is new, as far as the viewer takes it. By any thread; calls that meet another one leave the work to
     * it.
     */
    void proceed() {
        if (!writable || closed || calls.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            try {
                write();
            } catch (IOException
                    | RuntimeException e) { // servers throw IllegalStateException once the response is over
                LOG.log(Level.DEBUG, "A viewer is gone: {0}", e.toString());
                close();
            }
            seen = calls.addAndGet(-seen);
        } while (seen != 0 && !closed);
    }

    /** Once a second. */
    void tick(long now) {
        if (now - wroteAt > STUCK_NANOS) {
            close();
        } else if (now - commentedAt >= COMMENT_NANOS) {
            commentedAt = now;
            commentDue = true;
            proceed();
        }
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        onClosed.run();
        try {
            context.complete();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The response was over already: {0}", e.toString());
        }
    }

    private void write() throws IOException {
        while (!closed && out.isReady()) {
            Chunk next = rest == null ? next() : rest;
            if (next != null) {
                write(next);
            } else if (unflushed) {
                unflushed = false;
                out.flush();
            } else if (viewer.over()) {
                close();
            } else {
                return;
            }
        }
    }

    private Chunk next() {
        if (commentDue) {
            commentDue = false;
            return SseEvents.COMMENT;
        }
        Chunk next = viewer.next();
        if (next != null) {
            observer.onSent(next.madeAt() == 0 ? Double.NaN : (System.nanoTime() - next.madeAt()) / 1e9);
        }
        return next;
    }

    private void write(Chunk next) throws IOException {
        int length = Math.min(next.length(), PIECE);
        rest = length < next.length() ? next.after(length) : null;
        out.write(next.bytes(), next.offset(), length);
        unflushed = true;
        wroteAt = System.nanoTime();
    }

    @Override
    public void onError(Throwable fault) {
        LOG.log(Level.DEBUG, "A viewer is gone: {0}", fault.toString());
        close();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        closed = true;
        onClosed.run();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        close();
    }

    @Override
    public void onError(AsyncEvent event) {
        close();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // nothing begins anew
    }
}
