package dev.steno.servers;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.util.Arrays;

/**
 * Puts {@link GuardedUpgrade} between the server and the upgrade handler of Tyrus. Other servers do not ask for it
 * here.
 */
final class UpgradeRequest extends HttpServletRequestWrapper {
    private static final String TYRUS = "org.glassfish.tyrus.";
    private static final String HANDLER = TYRUS + "servlet.TyrusHttpUpgradeHandler";

    UpgradeRequest(HttpServletRequest request) {
        super(request);
    }

    /** @param server that loads the classes of the WebSocket container */
    static Mending resolve(ClassLoader server) {
        String name = "connections of Tyrus are guarded";
        try {
            Class<?> handler = Class.forName(HANDLER, false, server);
            return Arrays.stream(handler.getConstructors()).anyMatch(made -> made.getParameterCount() == 0)
                    ? Mending.inForce(name)
                    : Mending.doesNotFit(name, new IllegalStateException(handler + " cannot be made here"));
        } catch (ClassNotFoundException e) {
            return Mending.notNeeded(name);
        }
    }

    /** Tyrus has a {@code java.net.URI} made of both. */
    @Override
    public String getRequestURI() {
        return UriEscapes.escaped(super.getRequestURI());
    }

    @Override
    public String getQueryString() {
        String query = super.getQueryString();
        return query == null ? null : UriEscapes.escaped(query);
    }

    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) throws IOException, ServletException {
        if (!type.getName().startsWith(TYRUS)) {
            return super.upgrade(type);
        }
        T handler = create(type);
        super.upgrade(GuardedUpgrade.class).guard(handler, getRequest());
        return handler;
    }

    private static <T> T create(Class<T> type) throws ServletException {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new ServletException(e);
        }
    }
}
