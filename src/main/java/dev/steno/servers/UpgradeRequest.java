package dev.steno.servers;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;

/** Puts {@link GuardedUpgrade} between the server and the upgrade handler of Tyrus. Other servers do not ask for it here. */
final class UpgradeRequest extends HttpServletRequestWrapper {
    private static final String TYRUS = "org.glassfish.tyrus.";

    UpgradeRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> type) throws IOException, ServletException {
        if (!type.getName().startsWith(TYRUS)) {
            return super.upgrade(type);
        }
        T handler = create(type);
        super.upgrade(GuardedUpgrade.class).guard(handler);
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
