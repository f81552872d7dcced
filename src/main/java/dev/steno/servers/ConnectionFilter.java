package dev.steno.servers;

import dev.steno.threads.ContainerThreads;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;

/**
 * The outermost filter: {@code web.xml} declares it, because the order of annotated filters is undefined. An upgrade to a
 * WebSocket gets its guard here, whatever its address; no thread waits until a client reads a response; and the failure of a
 * connection ends here, before the server logs it.
 */
public class ConnectionFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** For a megabyte over a line of 64 kbit/s. */
    private static final Duration SENT_WITHIN = Duration.ofMinutes(2);

    private static final int COMPLETING_THREADS = 2;

    private final transient GoneClients gone = new GoneClients(System::nanoTime);

    @Inject
    private transient ContainerThreads threads;

    private transient Completions completions;

    @Override
    public void init() {
        completions = new Completions(threads.timer("responses", COMPLETING_THREADS));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            if (request.getHeader("Sec-WebSocket-Key") != null) {
                chain.doFilter(new UpgradeRequest(request), response);
            } else if (request.isAsyncSupported() && request.getDispatcherType() == DispatcherType.REQUEST) {
                answer(request, response, chain);
            } else {
                chain.doFilter(request, response);
            }
        } catch (IOException e) {
            gone.gone(e);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        DeferredResponse deferred = new DeferredResponse(response);
        AsyncContext early = isOfPayara(request) ? request.startAsync(request, response) : null;
        byte[] content = null;
        try {
            chain.doFilter(new DeferredRequest(request, deferred), deferred);
            content = deferred.collected();
        } finally {
            if (early != null && content == null) {
                early.complete();
            }
        }
        if (early != null && content != null) {
            send(early, content, request, response);
        } else if (!request.isAsyncSupported()) {
            deferred.release();
        } else if (content != null && !request.isAsyncStarted()) {
            send(request.startAsync(request, response), content, request, response);
        }
    }

    private void send(AsyncContext context, byte[] content, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        context.setTimeout(SENT_WITHIN.toMillis());
        byte[] body = body(content, request, response);
        new DeferredSending(response.getOutputStream(), body, completions.of(context), gone::gone).begin(context);
    }

    /** REST resources write nothing for HEAD, and say the length themselves. */
    private static byte[] body(byte[] content, HttpServletRequest request, HttpServletResponse response) {
        if (content.length > 0) {
            response.setContentLength(content.length);
        }
        return request.getMethod().equals("HEAD") ? new byte[0] : content;
    }

    /**
     * Of an application at its root Payara makes {@code /health} and {@code /metrics} servlets, which do not support
     * asynchronous responses; but one that was begun before them goes on.
     */
    private static boolean isOfPayara(HttpServletRequest request) {
        String name = request.getHttpServletMapping().getServletName();
        ServletRegistration servlet = request.getServletContext().getServletRegistration(name);
        return servlet != null
                && servlet.getClassName() != null
                && servlet.getClassName().startsWith("fish.payara.");
    }
}
