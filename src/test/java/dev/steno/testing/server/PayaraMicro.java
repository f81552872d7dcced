package dev.steno.testing.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Payara Micro, by the very commands of docs/servers.md: only names of files and the port are replaced. */
record PayaraMicro(Path jar) implements ApplicationServer {
    private static final Pattern COMMANDS = Pattern.compile("(?s)\n## Payara Micro 6\n+```sh\n(.*?)```");

    @Override
    public ProcessBuilder install(Instance instance) throws IOException {
        Matcher documented = COMMANDS.matcher(Files.readString(Path.of("docs/servers.md")));
        if (!documented.find()) {
            throw new IllegalStateException("docs/servers.md has no commands for Payara Micro.");
        }
        String script = documented.group(1);
        script = replace(script, "ARCHIVE_DIR=/var/lib/steno java ", "exec \"$JAVA_HOME/bin/java\" ");
        script = replace(script, "payara-micro.jar", quoted(jar));
        script = replace(script, "/var/lib/payara", quoted(instance.folder().resolve("root")));
        script = replace(script, "--contextroot / ", "--contextroot " + instance.contextRoot() + options(instance));
        script = replace(script, "steno.war", quoted(instance.war()));
        return new ProcessBuilder("sh", "-ec", script);
    }

    /** Which the documentation leaves to the reader. */
    private static String options(Instance instance) {
        Path loopback = Path.of("src/main/payara/loopback.asadmin").toAbsolutePath();
        return " --port " + instance.port() + " --prebootcommandfile " + quoted(loopback) + " ";
    }

    private static String replace(String script, String text, String other) {
        if (!script.contains(text)) {
            throw new IllegalStateException("Not in docs/servers.md: " + text);
        }
        return script.replace(text, other);
    }

    private static String quoted(Path path) {
        return "'" + path + "'";
    }

    @Override
    public String refusal() {
        return "Exception while loading the app";
    }

    @Override
    public String started() {
        return " ready in ";
    }

    @Override
    public boolean servesHealth() {
        return true;
    }
}
