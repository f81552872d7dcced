package dev.steno.threads;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.lang.reflect.Proxy;
import java.util.concurrent.ThreadFactory;

/** {@link ContainerThreads} without a container. */
public final class PlainThreads {
    private PlainThreads() {}

    /** Of daemon threads, which end with the tests. */
    public static ContainerThreads daemons() {
        return of(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
    }

    static ContainerThreads of(ThreadFactory factory) {
        return new ContainerThreads((ManagedThreadFactory) Proxy.newProxyInstance(
                PlainThreads.class.getClassLoader(),
                new Class<?>[] {ManagedThreadFactory.class},
                (proxy, method, args) -> factory.newThread((Runnable) args[0])));
    }
}
