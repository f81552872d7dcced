package dev.steno.access;

import dev.steno.servers.ServerStart;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Refuses requests of an address whose clients let threads wait, by not reading their responses: 503, which closes the
 * connection. {@code web.xml} declares it, so that it stands before everything else that may answer.
 */
public class ResponseFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** The longest that an address is refused is a minute. */
    private static final String RETRY_SECONDS = "30";

    private static final byte[] BUSY = "Too many responses were not read.\n".getBytes(StandardCharsets.US_ASCII);

    @Inject
    private transient AccessControl access;

    private final transient RequestThreads threads = new RequestThreads(System::nanoTime);
    private final transient RefusalLog refusals = new RefusalLog("request");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ServerStart.await();
        IncomingRequest incoming = access.incoming(request);
        boolean probe = request.getServletPath().startsWith("/healthz");
        int share = probe ? RequestThreads.PROBE_SHARE : RequestThreads.SHARE;
        ResponseClock clock = new ResponseClock(System::nanoTime);
        if (!threads.begin(incoming.network(), share, clock)) {
            refusals.refused(incoming.network(), incoming.address(), "Too many responses were not read there.");
            refuse(response);
            return;
        }
        try {
            TimedResponse timed = new TimedResponse(response, clock);
            WatchedRequest watched = new WatchedRequest(request);
            chain.doFilter(watched, timed);
            if (!watched.asynchronous && (timed.hasBody() || request.getHeader("Sec-WebSocket-Key") == null)) {
                timed.finish(request.getMethod());
                clock.check();
            }
        } finally {
            threads.end(incoming.network(), clock);
        }
    }

    /** Small enough for the buffer of any new connection; other requests on this one are not read. */
    private static void refuse(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", RETRY_SECONDS);
        response.setHeader("Connection", "close");
        response.setContentType("text/plain");
        response.setContentLength(BUSY.length);
        response.getOutputStream().write(BUSY);
        response.getOutputStream().close();
    }

    /**
     * Remembers that the response is given to others. The request itself tells that only until they are done with it:
     * then it may already belong to another client.
     */
    private static final class WatchedRequest extends HttpServletRequestWrapper {
        private boolean asynchronous;

        WatchedRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public AsyncContext startAsync() {
            asynchronous = true;
            return super.startAsync();
        }

        @Override
        public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
            asynchronous = true;
            return super.startAsync(request, response);
        }
    }

    @Override
    public void destroy() {
        refusals.summarize();
    }
}
