package dev.steno.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import redis.embedded.core.ExecutableProvider;

/** A real Redis server on a loopback port: the one that is installed here, else the one that a jar of the tests carries. */
public final class RedisProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final int port;
    private Process process;

    private RedisProcess(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** @param folder of its own */
    public static RedisProcess start(Path folder) {
        RedisProcess redis = new RedisProcess(folder, Ports.free());
        redis.start();
        return redis;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** After {@link #stop}: on the same port, with an empty memory. */
    public void start() {
        try {
            process = new ProcessBuilder(
                            executable(),
                            "--port",
                            Integer.toString(port),
                            "--bind",
                            "127.0.0.1",
                            "--save",
                            "",
                            "--appendonly",
                            "no")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Wait.until(PATIENCE, () -> "Redis on port " + port, () -> Ports.listens(port));
    }

    /** As by {@code kill -9}. */
    public void stop() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static String executable() throws IOException {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        for (String place : (path + File.pathSeparator + "/usr/bin").split(File.pathSeparator, -1)) {
            File installed = new File(place, "redis-server");
            if (installed.canExecute()) {
                return installed.getPath();
            }
        }
        return ExecutableProvider.newJarResourceProvider().get().getPath();
    }
}
