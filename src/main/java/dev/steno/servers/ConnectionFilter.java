package dev.steno.servers;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The outermost filter: {@code web.xml} declares it, because the order of annotated filters is undefined. An upgrade to
 * a WebSocket gets its guard here, whatever its address; and the failure of a connection ends here, before the server
 * logs it.
 */
public class ConnectionFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient Http2Warning http2 = new Http2Warning();
    private final transient GoneClients gone = new GoneClients(System::nanoTime);

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (GrizzlyConnections.isClosed(request)) {
            return;
        }
        if (GrizzlyConnections.isHttp2(request)) {
            http2.warn();
        }
        if (GrizzlyConnections.losesBody(request)) {
            refuse(response);
            return;
        }
        boolean upgrade = request.getHeader("Sec-WebSocket-Key") != null;
        GrizzlyConnections.bound(request, upgrade);
        try {
            chain.doFilter(upgrade ? new UpgradeRequest(request) : request, response);
        } catch (IOException e) {
            gone.gone(e);
            GrizzlyConnections.close(request);
        }
    }

    private static void refuse(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED);
        response.setHeader("Connection", "close");
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter()
                .println("HTTP/2 is off here: send the body by HTTP/1.1, without \"Upgrade: h2c\""
                        + " (Java: HttpClient.Version.HTTP_1_1).");
    }
}
