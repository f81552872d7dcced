package dev.steno.testing.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * One server to be.
 *
 * @param folder its own; empty
 * @param contextRoot {@code /} or {@code /steno}
 * @param port of HTTP, on 127.0.0.1
 */
public record Instance(Path folder, Path war, String contextRoot, int port) {
    /** The build's Java, unless another one is asked for. */
    public static final Path JAVA_HOME = Path.of(System.getProperty("steno.server.java"));

    boolean atRoot() {
        return contextRoot.equals("/");
    }

    static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}
