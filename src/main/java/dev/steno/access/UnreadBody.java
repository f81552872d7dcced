package dev.steno.access;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * The body of a request that is refused without a look at it. Over HTTP/2 Grizzly (Payara, GlassFish) closes the
 * connection under a client that still sends, and the client never reads why; so a body of usual size is read and
 * dropped there.
 */
public final class UnreadBody {
    private static final long MOST_BYTES = 16L << 20;

    /** Threads of the server that read what nobody needs; other clients must not wait for them. */
    private static final Semaphore PLACES = new Semaphore(4);

    private static final System.Logger LOG = System.getLogger(UnreadBody.class.getName());

    private UnreadBody() {}

    /** Comes before the answer. */
    public static void drop(HttpServletRequest request) {
        if (!request.getProtocol().startsWith("HTTP/2") || !PLACES.tryAcquire()) {
            return;
        }
        try {
            request.getInputStream().skipNBytes(MOST_BYTES);
        } catch (IOException e) { // it ended before, or the client is gone
            LOG.log(System.Logger.Level.DEBUG, "A refused body was read to its end: {0}", e.toString());
        } finally {
            PLACES.release();
        }
    }
}
