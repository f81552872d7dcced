package dev.steno.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A real proxy without TLS, as this machine has it, at {@code http://127.0.0.1:<port>/}. */
public final class Proxy implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A whole configuration; {@code PORT}, {@code STENO} (host and port) and {@code FOLDER} are replaced. */
    private static final String HAPROXY = """
            defaults
                mode http
                timeout connect 5s
                timeout client 60s
                timeout server 60s
                option forwardfor
            frontend people
                bind 127.0.0.1:PORT
                default_backend steno
            backend steno
                server one STENO
            """;

    private static final String NGINX = """
            daemon off;
            master_process off;
            pid FOLDER/nginx.pid;
            events {}
            http {
                access_log off;
                client_body_temp_path FOLDER/body;
                proxy_temp_path FOLDER/proxy;
                fastcgi_temp_path FOLDER/fastcgi;
                uwsgi_temp_path FOLDER/uwsgi;
                scgi_temp_path FOLDER/scgi;
                proxy_http_version 1.1;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection $http_connection;
                proxy_set_header Host $http_host;
                map $uri $prefix {
                    ~^/steno/ /steno;
                    ~^/speech/ /speech;
                    default /;
                }
                proxy_set_header X-Forwarded-Prefix $prefix;
                server {
                    listen 127.0.0.1:PORT;
                    location /steno/ { proxy_pass http://STENO/steno/; }
                    location /speech/ { proxy_pass http://STENO/steno/; }
                    location / { proxy_pass http://STENO/steno/; }
                }
            }
            """;

    private final Process process;
    private final int port;

    private Proxy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static boolean hasHaproxy() {
        return executable("haproxy").isPresent();
    }

    public static boolean hasNginx() {
        return executable("nginx").isPresent();
    }

    /** With {@code option forwardfor}, which adds a line of its own behind the client's. */
    public static Proxy haproxy(Path folder, URI steno) {
        return start(folder, HAPROXY, steno, "haproxy", List.of("-db", "-f"));
    }

    /** Steno at /steno, published at /steno/, at /speech/ and at the root. */
    public static Proxy nginx(Path folder, URI steno) {
        return start(folder, NGINX, steno, "nginx", List.of("-e", "stderr", "-c"));
    }

    private static Proxy start(Path folder, String configuration, URI steno, String name, List<String> options) {
        int port = Ports.free();
        try {
            Path file = Files.writeString(
                    folder.resolve(name + ".conf"),
                    configuration
                            .replace("PORT", Integer.toString(port))
                            .replace("STENO", steno.getAuthority())
                            .replace("FOLDER", folder.toString()));
            Stream<String> command = Stream.of(executable(name).orElseThrow().toString());
            Process process = new ProcessBuilder(Stream.of(command, options.stream(), Stream.of(file.toString()))
                            .flatMap(part -> part)
                            .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(name + ".log").toFile())
                    .start();
            Wait.until(PATIENCE, () -> name, () -> process.isAlive() && Ports.listens(port));
            return new Proxy(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    @Override
    public void close() {
        process.destroy();
    }

    private static Optional<Path> executable(String name) {
        Stream<String> path = Arrays.stream(
                Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator, -1));
        return Stream.concat(path.filter(folder -> !folder.isBlank()), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
