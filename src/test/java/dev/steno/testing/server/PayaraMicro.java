package dev.steno.testing.server;

import java.nio.file.Path;

/** Payara Micro: one JAR, all of it on the command line. */
record PayaraMicro(Path jar) implements ApplicationServer {
    @Override
    public ProcessBuilder install(Instance instance) {
        return new ProcessBuilder(
                Instance.JAVA_HOME.resolve("bin/java").toString(),
                "-jar",
                jar.toString(),
                "--nohazelcast",
                "--rootdir", // its own, in /tmp, it deletes while the application is still stopping, classes and all
                instance.folder().resolve("root").toString(),
                "--maxhttpthreads", // as ./mvnw and the container have it
                "32",
                "--port",
                Integer.toString(instance.port()),
                "--prebootcommandfile",
                Path.of("src/main/payara/loopback.asadmin").toAbsolutePath().toString(),
                "--contextroot",
                instance.contextRoot(),
                "--deploy",
                instance.war().toString());
    }

    @Override
    public String refusal() {
        return "Exception while loading the app";
    }

    @Override
    public boolean servesHealth() {
        return true;
    }
}
