package dev.steno.servers;

import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Spares Tyrus 2.1, the WebSockets of Payara and GlassFish, a task on the server's executor for each message. For each
 * it schedules a check of the connection's idle time, due at once, which has nothing to do where idle time is not
 * limited; on Payara that costs more than all the rest (docs/adr/0005-tyrus-idle-timer.md). Here such a check runs in
 * the calling thread.
 */
final class TyrusIdleTimer {
    private static final String CONTAINER = "org.glassfish.tyrus.core.BaseContainer";
    private static final String TIMER = "managedScheduledExecutorService";
    private static final String NAME = "idle checks cost no task";

    private TyrusIdleTimer() {}

    /** @param container of the WebSockets; null where there is none */
    static Mending resolve(Object container) {
        Class<?> type = container == null ? null : container.getClass();
        while (type != null && !type.getName().equals(CONTAINER)) {
            type = type.getSuperclass();
        }
        return type == null ? Mending.notNeeded(NAME) : replaceTimer(container, type);
    }

    private static Mending replaceTimer(Object container, Class<?> type) {
        try {
            Field field = PrivateField.of(type, TIMER);
            if (field.get(container) instanceof ScheduledExecutorService timer) {
                field.set(container, eased(timer));
                return Mending.inForce(NAME);
            }
            return Mending.notNeeded(NAME);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Mending.doesNotFit(NAME, e);
        }
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
