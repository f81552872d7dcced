package dev.steno.testing.server;

import dev.steno.testing.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** WildFly with standalone.xml, whose {@code /health} is on the management port and knows nothing of applications. */
record WildFly(Path home) implements ApplicationServer {
    /** As docs/servers.md says. */
    private static final String LISTENER_SETTINGS = "write-timeout=\"60000\" max-post-size=\"0\" ";

    @Override
    public ProcessBuilder install(Instance instance) throws IOException {
        Path base = instance.folder().resolve("standalone");
        Instance.copyTree(home.resolve("standalone"), base);
        String name = instance.atRoot() ? "ROOT.war" : instance.contextRoot().substring(1) + ".war";
        Path configuration = base.resolve("configuration/standalone.xml");
        String listener = "<http-listener name=\"default\" ";
        Files.writeString(
                configuration,
                Files.readString(configuration)
                        .replace("enable-http2=\"true\"", "enable-http2=\"false\"")
                        .replace(listener, listener + LISTENER_SETTINGS));
        Files.copy(instance.war(), base.resolve("deployments").resolve(name));
        return new ProcessBuilder(
                "sh", // what Maven unpacks is not executable
                home.resolve("bin/standalone.sh").toString(),
                "-b",
                "127.0.0.1",
                "-Djboss.server.base.dir=" + base,
                "-Djboss.http.port=" + instance.port(),
                "-Djboss.https.port=" + Ports.free(),
                "-Djboss.management.http.port=" + Ports.free());
    }

    @Override
    public String refusal() {
        return "WFLYCTL0186"; // services failed to start
    }

    @Override
    public String started() {
        return "WFLYSRV0025";
    }

    @Override
    public boolean servesHealth() {
        return false;
    }

    /** A stop begins with a suspension, in which Undertow's WebSocket container closes all sessions (1001). */
    @Override
    public boolean closesSocketsFirst() {
        return true;
    }

    /**
     * Empty ones make no message larger; of others nothing is kept once there are too many, but read on until the
     * close.
     */
    @Override
    public boolean readsFragmentsOn() {
        return true;
    }
}
