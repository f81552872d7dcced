package dev.steno.testing.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Open Liberty with the features that Steno needs. */
record OpenLiberty(Path home) implements ApplicationServer {
    private static final String SERVER_XML = """
            <server>
              <featureManager>
                <feature>cdi-4.0</feature>
                <feature>concurrent-3.0</feature>
                <feature>enterpriseBeansLite-4.0</feature>
                <feature>jndi-1.0</feature>
                <feature>jsonp-2.1</feature>
                <feature>mpConfig-3.1</feature>
                <feature>mpHealth-4.0</feature>
                <feature>restfulWS-3.1</feature>
                <feature>servlet-6.0</feature>
                <feature>websocket-2.1</feature>
              </featureManager>
              <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"
                            protocolVersion="http/1.1">
                <httpOptions writeTimeout="5s"/>
              </httpEndpoint>
              <webApplication location="steno.war" contextRoot="%s"/>
            </server>
            """;

    @Override
    public ProcessBuilder install(Instance instance) throws IOException {
        Path server = Files.createDirectories(instance.folder().resolve("servers/steno"));
        // A copy: the server reads classes from it as long as it runs, and a build may write the WAR anew meanwhile.
        Files.copy(instance.war(), Files.createDirectory(server.resolve("apps")).resolve("steno.war"));
        Files.writeString(server.resolve("server.xml"), SERVER_XML.formatted(instance.port(), instance.contextRoot()));
        ProcessBuilder builder =
                new ProcessBuilder("sh", home.resolve("bin/server").toString(), "run", "steno");
        builder.environment().put("WLP_USER_DIR", instance.folder().toString());
        builder.environment().put("WLP_LOGGING_CONSOLE_LOGLEVEL", "INFO"); // else Steno's news are in messages.log only
        return builder;
    }

    @Override
    public String refusal() {
        return "SRVE0265E"; // error while notifying listeners of web application start
    }

    @Override
    public String started() {
        return "CWWKF0011I";
    }

    @Override
    public boolean servesHealth() {
        return true;
    }

    @Override
    public boolean takesEarlyFrames() {
        return false;
    }

    /** A stop begins with the end of all connections (1006), and then waits for the applications. */
    @Override
    public boolean closesSocketsFirst() {
        return true;
    }
}
