package dev.steno.access;

import dev.steno.caller.Caller;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Stands before the REST resources, by the rules of the handshake: a wrong host or origin is refused (403), and so is a
 * caller without the identity that {@code AUTH_MODE} asks for (401), or one that guesses tokens (429). What it says is
 * a problem by RFC 9457.
 */
@WebFilter(
        urlPatterns = {"/transcripts", "/transcripts/*"},
        asyncSupported = true)
public class RestFilter extends HttpFilter {
    /** The request's attribute that holds the {@link Caller}. */
    public static final String CALLER = "dev.steno.caller";

    private static final long serialVersionUID = 1L;

    /** RFC 6585, section 4; the servlet API has no name for it. */
    static final int TOO_MANY_REQUESTS = 429;

    @Inject
    private transient AccessControl access;

    @Inject
    private transient TokenGuesses guesses;

    private final transient RefusalLog refusals = new RefusalLog("request");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        IncomingRequest incoming = access.incoming(request);
        Optional<String> refusal = access.refusal(incoming);
        Optional<String> identity = access.identity(request);
        if (refusal.isPresent()) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, "Forbidden", incoming, refusal.get());
            return;
        }
        Optional<String> guessing =
                access.shownToken(request).flatMap(t -> guesses.refusal(incoming.network(), identity));
        if (guessing.isPresent()) {
            response.setHeader("Retry-After", TokenGuesses.RETRY_SECONDS);
            refuse(response, TOO_MANY_REQUESTS, "Too Many Requests", incoming, guessing.get());
        } else if (identity.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Bearer");
            String why = "Sign in first: send Authorization: Bearer <token>, or the cookie of POST /sign-in.";
            refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "Unauthorized", incoming, why);
        } else {
            request.setAttribute(CALLER, access.caller(request, identity.get()));
            chain.doFilter(request, response);
        }
    }

    @Override
    public void destroy() {
        refusals.summarize();
    }

    private void refuse(HttpServletResponse response, int status, String title, IncomingRequest incoming, String why)
            throws IOException {
        refusals.refused(incoming.network(), incoming.address(), why);
        response.setStatus(status);
        response.setContentType(mediaType());
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().println(body(status, title, why));
    }

    String mediaType() {
        return "application/problem+json";
    }

    JsonObject body(int status, String title, String why) {
        return Json.createObjectBuilder()
                .add("type", "about:blank")
                .add("title", title)
                .add("status", status)
                .add("detail", why)
                .build();
    }
}
