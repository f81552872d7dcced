package dev.steno.servers;

import jakarta.servlet.ServletContext;

/**
 * The end of the application's start. Payara closes all jars of an application as the last thing of its start, whoever
 * reads them: a thread that loads a class at that moment fails with "zip file closed", and that class cannot be used
 * until the server is restarted. So whatever may load classes waits for it. Payara holds the lock of the application's
 * context until then ({@code StandardContext.start}).
 */
public final class ServerStart {
    private static final String NAME = "classes are loaded once the jars were closed";
    private static final String LOADER = "org.apache.catalina.loader.WebappLoader";

    /** Payara's lock while the application starts; null on other servers, and afterwards. */
    private static volatile Object lock;

    private ServerStart() {}

    /** Returns once no jar is closed any more; at once in the thread that starts the application. Never throws. */
    @SuppressWarnings("StaticGuardedByInstance") // the lock is the server's: it is waited for, and guards nothing here
    public static void await() {
        Object held = lock;
        if (held == null || Thread.holdsLock(held)) {
            return;
        }
        synchronized (held) {
            lock = null;
        }
    }

    static Mending resolve(ServletContext application, ClassLoader server) {
        try {
            Class.forName(LOADER, false, server).getMethod("closeJARs", boolean.class);
        } catch (ClassNotFoundException | NoSuchMethodException e) {
            return Mending.notNeeded(NAME);
        }
        try {
            Object behind = PrivateField.of(application.getClass(), "context").get(application);
            return waitFor(behind.getClass().getMethod("getStandardContext").invoke(behind));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Mending.doesNotFit(NAME, e);
        }
    }

    static Mending waitFor(Object held) {
        lock = held;
        return Mending.inForce(NAME);
    }
}
