package dev.steno.access;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/**
 * {@code POST /sign-in} with {@code Authorization: Bearer <token>}: gives a browser a ticket in a cookie that its
 * scripts cannot read and other sites cannot use. {@code DELETE} takes it away.
 */
@WebServlet(urlPatterns = "/sign-in", asyncSupported = true)
public class SignInServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** RFC 6585, section 4; the servlet API has no name for it. */
    private static final int TOO_MANY_REQUESTS = 429;

    @Inject
    private transient AccessControl access;

    private final transient SignInLimit limit = new SignInLimit(System::nanoTime);
    private final transient RefusalLog refusals = new RefusalLog("sign-in");

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        IncomingRequest incoming = access.incoming(request);
        Optional<String> refusal = access.refusal(incoming);
        if (refusal.isPresent()) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, incoming, refusal.get());
        } else if (limit.mustWait(incoming.network())) {
            response.setHeader("Retry-After", "6");
            refuse(response, TOO_MANY_REQUESTS, incoming, "Too many wrong tokens came from there.");
        } else {
            signIn(request, response, incoming);
        }
    }

    private void signIn(HttpServletRequest request, HttpServletResponse response, IncomingRequest incoming) {
        Optional<String> ticket = access.ticket(request);
        if (ticket.isPresent()) {
            answer(request, response, ticket.get(), Math.toIntExact(Tickets.VALIDITY.toSeconds()));
        } else {
            limit.failed(incoming.network());
            response.setHeader("WWW-Authenticate", "Bearer");
            refuse(response, HttpServletResponse.SC_UNAUTHORIZED, incoming, "The token is not one of AUTH_TOKENS.");
        }
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        answer(request, response, "", 0);
    }

    @Override
    public void destroy() {
        refusals.summarize();
    }

    private void refuse(HttpServletResponse response, int status, IncomingRequest incoming, String why) {
        refusals.refused(incoming.network(), incoming.address(), why);
        response.setStatus(status);
    }

    /**
     * Without a path of its own a cookie belongs to the folder of the address that set it, as the browser sees it (RFC
     * 6265, section 5.1.4). A proxy may publish Steno at another path than the one that the server knows.
     */
    private void answer(HttpServletRequest request, HttpServletResponse response, String ticket, int seconds) {
        Cookie cookie = new Cookie(AccessControl.COOKIE, ticket);
        cookie.setHttpOnly(true);
        cookie.setSecure(access.incoming(request).secure());
        cookie.setMaxAge(seconds);
        cookie.setAttribute("SameSite", "Strict");
        response.addCookie(cookie);
        response.setHeader("Cache-Control", "no-store");
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
