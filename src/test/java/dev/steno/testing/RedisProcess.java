package dev.steno.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis server on a loopback port: the one that is installed here, else the one that a jar of the tests carries.
 */
public final class RedisProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final int port;
    private final List<String> options;
    private Process process;

    private RedisProcess(Path folder, int port, List<String> options) {
        this.folder = folder;
        this.port = port;
        this.options = options;
    }

    /**
     * @param folder of its own
     * @param options of the server's command line
     */
    public static RedisProcess start(Path folder, String... options) {
        RedisProcess redis = new RedisProcess(folder, Ports.free(), List.of(options));
        redis.start();
        return redis;
    }

    /**
     * The same program as a sentinel, alone: it makes the replica the primary when that has been gone for a second.
     *
     * @param primary watched under the name {@code main}
     */
    public static RedisProcess sentinel(Path folder, RedisProcess primary) {
        Path configuration = folder.resolve("sentinel.conf");
        try {
            Files.writeString(
                    configuration,
                    "sentinel monitor main 127.0.0.1 " + primary.port
                            + " 1\nsentinel down-after-milliseconds main 1000\n"
                            + "sentinel failover-timeout main 5000\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RedisProcess redis = new RedisProcess(folder, Ports.free(), List.of("--sentinel"));
        redis.start(configuration.toString());
        return redis;
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** After {@link #stop}: on the same port, with an empty memory. */
    public void start() {
        start("--save", "", "--appendonly", "no");
    }

    private void start(String... first) {
        try {
            List<String> command = new ArrayList<>(List.of(executable()));
            command.addAll(List.of(first));
            command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
            command.addAll(options);
            process = new ProcessBuilder(command)
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

    /** Takes connections, because the system does, and answers nothing until {@link #thaw}. */
    public void freeze() {
        Commands.signal("STOP", process.pid());
    }

    public void thaw() {
        Commands.signal("CONT", process.pid());
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
