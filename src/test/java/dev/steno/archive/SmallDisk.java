package dev.steno.archive;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A file system of its own that a test can fill or make read-only. Needs Linux and the right to mount. */
final class SmallDisk implements AutoCloseable {
    final Path root;

    private SmallDisk(Path root) {
        this.root = root;
    }

    /** Skips the test, with the reason, where mounting is not possible. */
    static SmallDisk mount(Path folder, int kibibytes) throws IOException {
        Files.createDirectories(folder);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", folder.toString()),
                "cannot mount a tmpfs here: not Linux, or not root");
        return new SmallDisk(folder);
    }

    void fill() throws IOException {
        Path filler = root.resolve("filler");
        byte[] block = new byte[4096];
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space")) {
                throw full;
            }
        }
    }

    void makeRoom() throws IOException {
        Files.delete(root.resolve("filler"));
    }

    void readOnly(boolean readOnly) throws IOException {
        if (!run("mount", "-o", "remount," + (readOnly ? "ro" : "rw"), root.toString())) {
            throw new IOException("cannot remount " + root);
        }
    }

    @Override
    public void close() {
        run("umount", "-l", root.toString());
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // no such command
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
