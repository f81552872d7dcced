package dev.steno.live;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Spares Tyrus 2.1, the WebSockets of Payara and GlassFish, a task on the server's executor for each message. With each
 * it schedules a look at the idle time of the connection, at once and in vain where none is limited; on Payara that costs more
 * than all the rest (docs/adr/0005-tyrus-idle-timer.md). Here such a look happens where it is asked for. Elsewhere, and in
 * a Tyrus that is built otherwise, this does nothing.
 */
@WebListener
public class TyrusIdleTimer implements ServletContextListener {
    private static final String CONTAINER = "org.glassfish.tyrus.core.BaseContainer";
    private static final String TIMER = "managedScheduledExecutorService";

    private static final System.Logger LOG = System.getLogger(TyrusIdleTimer.class.getName());

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Object container = event.getServletContext().getAttribute("jakarta.websocket.server.ServerContainer");
        if (container != null) {
            ease(container);
        }
    }

    /** @return whether this was a Tyrus that needs it */
    static boolean ease(Object container) {
        for (Class<?> type = container.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(CONTAINER)) {
                return ease(container, type);
            }
        }
        return false;
    }

    private static boolean ease(Object container, Class<?> type) {
        try {
            Field field = type.getDeclaredField(TIMER);
            field.setAccessible(true);
            if (field.get(container) instanceof ScheduledExecutorService timer) {
                field.set(container, eased(timer));
                return true;
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "This Tyrus keeps its timer elsewhere; it costs more, and works.", e);
        }
        return false;
    }

    private static Object eased(ScheduledExecutorService timer) {
        return Proxy.newProxyInstance(
                TyrusIdleTimer.class.getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class},
                (proxy, method, args) -> {
                    boolean atOnce = method.getName().equals("schedule") && (long) args[1] <= 0;
                    if (atOnce && args[0] instanceof Runnable command) {
                        command.run();
                        return Done.INSTANCE;
                    }
                    return method.invoke(timer, args);
                });
    }

    /** What was scheduled and is over. */
    private static final class Done extends CompletableFuture<Void> implements ScheduledFuture<Void> {
        private static final Done INSTANCE = new Done();

        private Done() {
            complete(null);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(0, other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
