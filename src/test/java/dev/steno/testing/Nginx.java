package dev.steno.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real nginx that is installed on this machine, with a shipped configuration: only addresses, names and folders are
 * replaced. In the foreground, in a folder of its own, at {@code https://localhost:<port>/}.
 */
public final class Nginx implements AutoCloseable {
    public static final String MISSING = "No nginx on the PATH or in /usr/sbin: install it (Debian: nginx-light)";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What Debian's main file has, without its service: one process, which a test may end. */
    private static final String MAIN = """
            daemon off;
            master_process off;
            pid nginx.pid;
            events {}
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                include site.conf;
            }
            """;

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Whether tests with nginx are to run: there is one, or the environment has CI=true and they fail without one. */
    public static boolean isExpected() {
        return executable().isPresent() || "true".equals(System.getenv("CI"));
    }

    /**
     * @param folder where {@code steno.crt}, {@code steno.key} and what else the configuration has in
     *     {@code /etc/nginx/} are
     * @param site the configuration
     * @param replaced what stands there: each must occur
     */
    public static Nginx start(Path folder, Path site, Map<String, String> replaced) {
        int port = Ports.free();
        try {
            String text = Files.readString(site);
            text = replace(text, "listen 443 ssl;", "listen 127.0.0.1:" + port + " ssl;");
            text = replace(text, "steno.example.com", "localhost");
            text = replace(text, "/etc/nginx/", folder + "/");
            for (Map.Entry<String, String> entry : replaced.entrySet()) {
                text = replace(text, entry.getKey(), entry.getValue());
            }
            Files.writeString(folder.resolve("site.conf"), text);
            Files.writeString(folder.resolve("nginx.conf"), MAIN);
            Path log = folder.resolve("error.log");
            Process process = new ProcessBuilder(
                            executable()
                                    .orElseThrow(() -> new AssertionError(MISSING))
                                    .toString(),
                            "-p",
                            folder.toString(),
                            "-e",
                            "stderr",
                            "-c",
                            "nginx.conf")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Nginx nginx = new Nginx(process, port);
            Wait.until(PATIENCE, () -> "nginx; " + read(log), () -> process.isAlive() && Ports.listens(port));
            return nginx;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI base() {
        return URI.create("https://localhost:" + port + "/");
    }

    @Override
    public void close() {
        process.destroy();
    }

    private static String replace(String text, String old, String fresh) {
        if (!text.contains(old)) {
            throw new IllegalArgumentException("Not in the configuration: " + old);
        }
        return text.replace(old, fresh);
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> executable() {
        Stream<String> path = Arrays.stream(
                Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1));
        return Stream.concat(path.filter(folder -> !folder.isBlank()), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
