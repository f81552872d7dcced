package dev.steno.testing.server;

import dev.steno.testing.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** GlassFish, the full one: it has MicroProfile Config, but no Health. */
record GlassFish(Path home) implements ApplicationServer {
    /** Of everything else that domain1 listens at. */
    private static final List<String> OTHER_PORTS =
            List.of("8181", "4848", "3700", "3820", "3920", "8686", "7676", "6666");

    @Override
    public ProcessBuilder install(Instance instance) throws IOException {
        Path domain = instance.folder().resolve("domain1");
        Instance.copyTree(home.resolve("glassfish/domains/domain1"), domain);
        Path configuration = domain.resolve("config/domain.xml");
        Files.writeString(configuration, configure(Files.readString(configuration), instance));
        Files.copy(instance.war(), domain.resolve("autodeploy/steno.war"));
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                home.resolve("bin/asadmin").toString(),
                "start-domain",
                "--verbose",
                "--domaindir",
                instance.folder().toString(),
                "domain1");
        builder.environment().put("AS_JAVA", Instance.JAVA_HOME.toString());
        return builder;
    }

    /** As docs/servers.md says, on ports of its own. */
    private static String configure(String domain, Instance instance) {
        String configured = domain.replace("0.0.0.0", "127.0.0.1")
                .replace("<network-listener port=", "<network-listener address=\"127.0.0.1\" port=")
                .replace("\"8080\"", "\"" + instance.port() + "\"");
        configured = configured
                .replace("<transport ", "<transport write-timeout-millis=\"5000\" ")
                .replace(
                        "<thread-pool name=\"http-thread-pool\" ",
                        "<thread-pool name=\"http-thread-pool\" min-thread-pool-size=\"32\""
                                + " max-thread-pool-size=\"32\" ");
        for (String port : OTHER_PORTS) {
            configured = configured
                    .replace("\"" + port + "\"", "\"" + Ports.free() + "\"")
                    .replace("port=" + port + "<", "port=" + Ports.free() + "<");
        }
        return configured;
    }

    /** What a WAR in the folder {@code autodeploy} gets; another one needs a command to the server when it runs. */
    @Override
    public String contextRoot(String wanted) {
        return "/steno";
    }

    @Override
    public String refusal() {
        return "Exception while loading the app";
    }

    @Override
    public String started() {
        return "startup time";
    }

    @Override
    public boolean servesHealth() {
        return false;
    }

    /** A stop closes the listeners and all connections (1006), and then stops the applications. */
    @Override
    public boolean closesSocketsFirst() {
        return true;
    }
}
