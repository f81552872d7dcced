package dev.steno.testing.server;

import java.io.IOException;
import java.nio.file.Path;

/** All that tests need to know of a server. Which one is tested, the build says in {@code steno.server}. */
public interface ApplicationServer {
    /**
     * Sets up a server with the WAR in a folder of its own: on 127.0.0.1, at free ports.
     *
     * @return what runs it in the foreground; the caller adds to the environment, and redirects the output, which is
     *     the log
     */
    ProcessBuilder install(Instance instance) throws IOException;

    /** What the log says of a WAR that could not be deployed. */
    String refusal();

    /** What the log says when all has been started. */
    String started();

    /** Whether MicroProfile Health answers at the port's {@code /health}. */
    boolean servesHealth();

    /** Whether a stop ends WebSockets before the application hears of it: then clients cannot be told any more. */
    default boolean closesSocketsFirst() {
        return false;
    }

    /** Whether it reads what a client sends before the handshake is answered, which no client should. */
    default boolean takesEarlyFrames() {
        return true;
    }

    /** Whether it reads small fragments on and on, and keeps nothing of them. */
    default boolean readsFragmentsOn() {
        return false;
    }

    /** Where the WAR is if that is where it should be. */
    default String contextRoot(String wanted) {
        return wanted;
    }

    static ApplicationServer underTest() {
        String name = System.getProperty("steno.server");
        return switch (name) {
            case "payara-micro" -> new PayaraMicro(Path.of(System.getProperty("payara.microJar")));
            case "wildfly" -> new WildFly(home());
            case "openliberty" -> new OpenLiberty(home());
            case "glassfish" -> new GlassFish(home());
            default -> throw new IllegalArgumentException("steno.server=" + name);
        };
    }

    private static Path home() {
        return Path.of(System.getProperty("steno.server.home"));
    }
}
