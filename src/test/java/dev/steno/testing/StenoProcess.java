package dev.steno.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The built WAR on Payara Micro in a process of its own, which a test may kill. */
public final class StenoProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final URI base;
    private final Path log;

    private StenoProcess(Process process, URI base, Path log) {
        this.process = process;
        this.base = base;
        this.log = log;
    }

    /** @param folder working directory: transcripts and the log go there */
    public static StenoProcess start(Path folder, Map<String, String> environment) {
        int port = freePort();
        Path log = folder.resolve("server-" + port + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-jar",
                System.getProperty("payara.microJar"),
                "--nohazelcast",
                "--port",
                Integer.toString(port),
                "--contextroot",
                "/",
                "--prebootcommandfile",
                Path.of("src/main/payara/loopback.asadmin").toAbsolutePath().toString(),
                "--deploy",
                System.getProperty("steno.war")));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new StenoProcess(builder.start(), URI.create("http://127.0.0.1:" + port + "/"), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI base() {
        return base;
    }

    public String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a path answers 200. */
    public StenoProcess awaitOk(String path) {
        Wait.until(
                PATIENCE,
                () -> path + " of Steno; alive: " + process.isAlive() + "\n" + log(),
                () -> process.isAlive() && status(path) == HttpURLConnection.HTTP_OK);
        return this;
    }

    /** Waits until the log holds a text. */
    public void awaitLog(String text) {
        Wait.until(PATIENCE, () -> "\"" + text + "\" in the log:\n" + log(), () -> log().contains(text));
    }

    public int status(String path) {
        try {
            URL url = base.resolve(path).toURL();
            HttpURLConnection connection = (HttpURLConnection) url.openConnection();
            connection.setConnectTimeout(5_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode();
        } catch (IOException e) {
            return -1;
        }
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** As an orderly stop of the service does. */
    public void terminate() {
        process.destroy();
        awaitExit();
    }

    @Override
    public void close() {
        kill();
    }

    private void awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("Steno does not end.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
