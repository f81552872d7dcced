package dev.steno.access;

import dev.steno.caller.Caller;
import dev.steno.caller.Visit;
import dev.steno.quota.Quota;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Optional;

/**
 * Stands before every WebSocket: refuses a handshake from a wrong place (403), by nobody in particular (401), or by
 * somebody who has too many connections or guesses tokens (429), before any session exists. A filter, because a
 * WebSocket configurator sees neither the caller nor the host, and cannot refuse portably.
 */
@WebFilter(
        urlPatterns = {
            "/ws",
            DoorAccess.VOSK,
            DoorAccess.OPENAI,
            DoorAccess.TWILIO,
            DoorAccess.ASTERISK,
            DoorAccess.FORK,
            DoorAccess.JAMBONZ_STT
        },
        asyncSupported = true)
public class HandshakeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    /** RFC 6585, section 4; the servlet API has no name for it. */
    private static final int TOO_MANY_REQUESTS = 429;

    @Inject
    private transient AccessControl access;

    @Inject
    private transient DoorAccess doors;

    @Inject
    private transient PublicAddress address;

    @Inject
    private transient Quota quota;

    @Inject
    private transient TokenGuesses guesses;

    private final transient RefusalLog refusals = new RefusalLog("handshake");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        IncomingRequest incoming = access.incoming(request);
        Optional<String> refusal = access.refusal(incoming).or(() -> doors.refusal(request));
        if (refusal.isPresent()) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, incoming, refusal.get());
            return;
        }
        Optional<String> identity = doors.identity(request);
        Optional<String> guessing =
                doors.shownToken(request).flatMap(t -> guesses.refusal(incoming.network(), identity));
        if (guessing.isPresent()) {
            response.setHeader("Retry-After", TokenGuesses.RETRY_SECONDS);
            refuse(response, TOO_MANY_REQUESTS, incoming, guessing.get());
            return;
        }
        if (identity.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Bearer");
            refuse(response, HttpServletResponse.SC_UNAUTHORIZED, incoming, "Nobody may record without signing in.");
            return;
        }
        Caller caller = access.caller(request, identity.get());
        Optional<String> tooMany = quota.connectionRefusal(caller);
        if (tooMany.isPresent()) {
            response.setHeader("Retry-After", "60"); // a socket that never starts is closed by then
            refuse(response, TOO_MANY_REQUESTS, incoming, tooMany.get());
        } else {
            chain.doFilter(new Identified(request, new Visit(caller, address.base(request))), response);
        }
    }

    @Override
    public void destroy() {
        refusals.summarize();
    }

    private void refuse(HttpServletResponse response, int status, IncomingRequest incoming, String why)
            throws IOException {
        refusals.refused(incoming.network(), incoming.address(), why);
        response.setStatus(status);
        response.setContentType("text/plain");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().println(why);
    }

    /** Tells the WebSocket endpoint who connects, and by which address. */
    private static final class Identified extends HttpServletRequestWrapper {
        private final Visit visit;

        Identified(HttpServletRequest request, Visit visit) {
            super(request);
            this.visit = visit;
        }

        @Override
        public Principal getUserPrincipal() {
            return visit;
        }
    }
}
