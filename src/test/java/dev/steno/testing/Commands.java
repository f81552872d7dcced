package dev.steno.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Programs of this machine. */
final class Commands {
    private Commands() {}

    /** By {@code kill}: {@code STOP} and {@code CONT}, which Java itself cannot send. */
    static void signal(String name, long pid) {
        run("kill", "-" + name, Long.toString(pid));
    }

    /** @return what it said; an error if it failed */
    static String run(String... words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", words) + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
