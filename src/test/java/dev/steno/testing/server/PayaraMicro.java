package dev.steno.testing.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Payara Micro: one JAR, all of it on the command line. */
record PayaraMicro(Path jar) implements ApplicationServer {
    @Override
    public ProcessBuilder install(Instance instance) {
        List<String> command = new ArrayList<>();
        command.add(Instance.JAVA_HOME.resolve("bin/java").toString());
        command.addAll(Instance.JVM_OPTIONS);
        command.addAll(List.of(
                "-jar",
                jar.toString(),
                "--nohazelcast",
                "--port",
                Integer.toString(instance.port()),
                "--prebootcommandfile",
                Path.of("src/main/payara/loopback.asadmin").toAbsolutePath().toString(),
                "--contextroot",
                instance.contextRoot(),
                "--deploy",
                instance.war().toString()));
        return new ProcessBuilder(command);
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
