package dev.steno.testing;

import dev.steno.testing.server.ApplicationServer;
import dev.steno.testing.server.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The built WAR on the application server under test, in a process of its own, which a test may end. */
public final class StenoProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Half a gigabyte, as WildFly and GlassFish give themselves. Most of the work is to start: no optimiser. */
    private static final String JVM_OPTIONS = "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    private static final ApplicationServer SERVER = ApplicationServer.underTest();

    private final ProcessBuilder command;
    private final Process process;
    private final URI base;
    private final Path archive;
    private final Path log;

    private StenoProcess(ProcessBuilder command, URI base, Path archive, Path log) throws IOException {
        this.command = command;
        this.process = command.start();
        this.base = base;
        this.archive = archive;
        this.log = log;
    }

    /** At the server's root where that is easily had. */
    public static StenoProcess start(Path folder, Map<String, String> environment) {
        return start(folder, "/", environment);
    }

    /**
     * @param folder of the server and of {@link #archive}; a process that follows another on the same one finds its
     *     journals
     * @param wanted context root, {@code /} or {@code /steno}
     */
    public static StenoProcess start(Path folder, String wanted, Map<String, String> environment) {
        int port = Ports.free();
        String contextRoot = SERVER.contextRoot(wanted);
        try {
            Path home = Files.createDirectory(folder.resolve("server-" + port)).toAbsolutePath();
            Path log = home.resolve("console.log");
            ProcessBuilder builder =
                    SERVER.install(new Instance(home, Path.of(System.getProperty("steno.war")), contextRoot, port));
            builder.environment().put("JAVA_TOOL_OPTIONS", JVM_OPTIONS);
            builder.environment().put("JAVA_HOME", Instance.JAVA_HOME.toString());
            Path archive = folder.toAbsolutePath().resolve("transcripts");
            builder.environment().put("ARCHIVE_DIR", archive.toString());
            builder.environment().putAll(environment);
            builder.directory(home.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
            String path = contextRoot.endsWith("/") ? contextRoot : contextRoot + "/";
            return new StenoProcess(builder, URI.create("http://127.0.0.1:" + port + path), archive, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same command once more, in the same folders, at the same port; the log begins anew. */
    public StenoProcess again() {
        try {
            return new StenoProcess(command, base, archive, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server said that all has been started. */
    public boolean isStarted() {
        return log().contains(SERVER.started());
    }

    /** The server itself, not the scripts around it: for measuring it from outside. */
    public ProcessHandle handle() {
        return processes().reduce((script, server) -> server).orElseThrow();
    }

    /** Its {@code ARCHIVE_DIR}; stays when the process ends. */
    public Path archive() {
        return archive;
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
                () -> !process.isAlive() || status(path) == HttpURLConnection.HTTP_OK);
        if (!process.isAlive()) {
            throw new AssertionError("Steno has ended, exit code " + process.exitValue() + "\n" + log());
        }
        return this;
    }

    /** Waits until the log holds a text. */
    public void awaitLog(String text) {
        Wait.until(PATIENCE, () -> "\"" + text + "\" in the log:\n" + log(), () -> log().contains(text));
    }

    /** Waits until the server said that it did not deploy the WAR. */
    public void awaitRefusal() {
        awaitLog(SERVER.refusal());
    }

    /** Whether this server has MicroProfile Health, at {@code /health} beside all applications. */
    public boolean servesHealth() {
        return SERVER.servesHealth();
    }

    /** Whether this server, told to stop, ends sockets before it tells the application. */
    public boolean closesSocketsFirst() {
        return SERVER.closesSocketsFirst();
    }

    /** Whether this server reads what a client sends before the handshake is answered. */
    public boolean takesEarlyFrames() {
        return SERVER.takesEarlyFrames();
    }

    /** Whether this server reads small fragments on and on, and keeps nothing of them. */
    public boolean readsFragmentsOn() {
        return SERVER.readsFragmentsOn();
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
        processes().forEach(ProcessHandle::destroyForcibly);
        awaitExit();
    }

    /** Stands still, as a virtual machine that is moved does, until {@link #thaw}. */
    public void freeze() {
        Commands.signal("STOP", handle().pid());
    }

    public void thaw() {
        Commands.signal("CONT", handle().pid());
    }

    /** The names of all classes that the server has loaded, one in a line. */
    public String loadedClasses() {
        return Commands.run(
                Instance.JAVA_HOME.resolve("bin").resolve("jcmd").toString(),
                Long.toString(handle().pid()),
                "VM.class_hierarchy");
    }

    /** As an orderly stop of the service does: the server gets a SIGTERM, which the scripts around it would swallow. */
    public void terminate() {
        beginToTerminate();
        awaitExit();
    }

    public void beginToTerminate() {
        handle().destroy();
    }

    public void awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("Steno does not end.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** From the outermost script to the server itself. */
    private Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList().stream();
    }
}
