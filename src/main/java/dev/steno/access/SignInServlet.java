package dev.steno.access;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/**
 * {@code POST /sign-in} with {@code Authorization: Bearer <token>}: gives a browser a ticket in a cookie that its scripts cannot read
 * and other sites cannot use. {@code DELETE} takes it away.
 */
@WebServlet("/sign-in")
public class SignInServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient AccessControl access;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        IncomingRequest incoming = access.incoming(request);
        if (access.refusal(incoming).isPresent()) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        Optional<String> ticket = access.sellTicket(request);
        if (ticket.isPresent()) {
            answer(request, response, ticket.get(), Math.toIntExact(Tickets.VALIDITY.toSeconds()));
        } else {
            response.setHeader("WWW-Authenticate", "Bearer");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        answer(request, response, "", 0);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, String ticket, int seconds) {
        Cookie cookie = new Cookie(AccessControl.COOKIE, ticket);
        cookie.setHttpOnly(true);
        cookie.setSecure(access.incoming(request).secure());
        cookie.setPath(request.getContextPath() + "/");
        cookie.setMaxAge(seconds);
        cookie.setAttribute("SameSite", "Strict");
        response.addCookie(cookie);
        response.setHeader("Cache-Control", "no-store");
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
