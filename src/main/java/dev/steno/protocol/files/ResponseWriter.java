package dev.steno.protocol.files;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes one response without ever waiting for its client. Any thread may call; one at a time writes. What waits is
 * bounded by what is said in one recording.
 */
final class ResponseWriter implements WriteListener, AsyncListener {
    /** What is written between two questions whether there is room: about what servers buffer for a response. */
    private static final int PIECE = 8 * 1024;

    /** A client that takes nothing for so long is gone. */
    private static final long STUCK_NANOS = 60_000_000_000L;

    private static final System.Logger LOG = System.getLogger(ResponseWriter.class.getName());

    private final AsyncContext context;
    private final HttpServletResponse response;
    private final ServletOutputStream out;
    private final AtomicInteger calls = new AtomicInteger();
    private final Queue<byte[]> queue = new ConcurrentLinkedQueue<>();
    private volatile Runnable onGone = () -> {};
    private volatile boolean writable;
    private volatile boolean begun;
    private volatile boolean ended;
    private volatile boolean closed;
    private volatile long wroteAt = System.nanoTime();
    private byte[] rest = {};
    private int written;
    private boolean unflushed;

    ResponseWriter(AsyncContext context, HttpServletResponse response) throws IOException {
        this.context = context;
        this.response = response;
        this.out = response.getOutputStream();
    }

    /** @param onGone hears that the client is gone, once at least */
    void open(Runnable onGone) {
        this.onGone = onGone;
        context.addListener(this);
        out.setWriteListener(this);
    }

    /** Begins the response; the status can be said no more after that. Only the first call counts. */
    synchronized boolean begin(int status, String mediaType, Map<String, String> headers) {
        if (begun || closed) {
            return false;
        }
        begun = true;
        response.setStatus(status);
        response.setContentType(mediaType);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-store");
        headers.forEach(response::setHeader);
        return true;
    }

    boolean begun() {
        return begun;
    }

    void send(String text) {
        if (queue.isEmpty()) {
            wroteAt = System.nanoTime();
        }
        queue.add(text.getBytes(StandardCharsets.UTF_8));
        proceed();
    }

    /** Nothing follows. */
    void end() {
        ended = true;
        proceed();
    }

    /** A response as a whole. */
    void answer(int status, String mediaType, Map<String, String> headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Length", Integer.toString(bytes.length));
        if (begin(status, mediaType, all)) {
            queue.add(bytes);
            end();
        }
    }

    /** To be called now and then. */
    void tick() {
        if (begun && !queue.isEmpty() && System.nanoTime() - wroteAt > STUCK_NANOS) {
            gone();
        }
    }

    @Override
    public void onWritePossible() {
        writable = true;
        proceed();
    }

    private void proceed() {
        if (!writable || closed || calls.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            try {
                write();
            } catch (IOException | RuntimeException e) { // servers throw IllegalStateException once it is over
                LOG.log(Level.DEBUG, "A client is gone: {0}", e.toString());
                gone();
            }
            seen = calls.addAndGet(-seen);
        } while (seen != 0 && !closed);
    }

    /**
     * The last piece is not flushed but goes out with the end: a client that had all of it sooner could send its next
     * request over the same connection before the server is done with this one, which Payara then loses.
     */
    private void write() throws IOException {
        while (begun && !closed && out.isReady()) {
            byte[] next = written < rest.length ? rest : queue.poll();
            if (next != null) {
                write(next);
            } else if (ended && queue.isEmpty()) {
                close();
            } else if (unflushed) {
                unflushed = false;
                out.flush();
            } else {
                return;
            }
        }
    }

    private void write(byte[] next) throws IOException {
        if (next != rest) {
            rest = next;
            written = 0;
        }
        int length = Math.min(rest.length - written, PIECE);
        out.write(rest, written, length);
        written += length;
        unflushed = true;
        wroteAt = System.nanoTime();
    }

    private void gone() {
        close();
        onGone.run();
    }

    private void close() {
        if (!closed) {
            closed = true;
            try {
                context.complete();
            } catch (RuntimeException e) {
                LOG.log(Level.DEBUG, "The response was over already: {0}", e.toString());
            }
        }
    }

    @Override
    public void onError(Throwable fault) {
        LOG.log(Level.DEBUG, "A client is gone: {0}", fault.toString());
        gone();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        boolean early = !closed;
        closed = true;
        if (early) {
            onGone.run();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        gone();
    }

    @Override
    public void onError(AsyncEvent event) {
        gone();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // nothing begins anew
    }
}
