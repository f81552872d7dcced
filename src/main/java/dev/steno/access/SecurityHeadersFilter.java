package dev.steno.access;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells browsers how little the page needs: its own scripts and styles, its own server, the microphone. Text that
 * somehow got into the page as markup could neither run nor send anything.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class SecurityHeadersFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final String FRAME_ANCESTORS = "frame-ancestors ";

    /** 'self' covers the WebSocket, too (CSP level 3). The data of downloads are no request. */
    public static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " media-src 'self' blob:; manifest-src 'self';"
                    + " base-uri 'none'; form-action 'none'; " + FRAME_ANCESTORS + "'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Permissions-Policy",
            "microphone=(self), display-capture=(self), camera=(), geolocation=(), payment=(), usb=()",
            "Cross-Origin-Opener-Policy",
            "same-origin");

    private transient PagePolicy policy;

    private transient Map<String, String> headers;

    @Inject
    void obey(PagePolicy policy) {
        this.policy = policy;
    }

    @Override
    public void init() {
        Map<String, String> sent = new TreeMap<>(HEADERS);
        sent.computeIfPresent(
                "Content-Security-Policy",
                (name, value) -> value.replace(FRAME_ANCESTORS + "'none'", FRAME_ANCESTORS + policy.frameAncestors()));
        headers = sent;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        headers.forEach(response::setHeader);
        chain.doFilter(request, response);
    }
}
