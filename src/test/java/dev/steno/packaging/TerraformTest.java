package dev.steno.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs Terraform's own tests of the bucket and of the service, offline: it needs the program and, in a local folder,
 * the AWS provider. The folder is the one that holds {@code registry.terraform.io}; {@code TF_PLUGIN_DIR} names another
 * than the usual.
 */
class TerraformTest {
    /** The tests take about 25 s of processor time, nearly all of it the provider's start. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    @BeforeEach
    void copy_the_files() throws IOException {
        assumeTrue(program().isPresent(), "terraform is not on the PATH");
        Path source = Path.of("terraform");
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(TerraformTest::isOurs).toList()) {
                Path copy = folder.resolve(source.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @Test
    void files_are_formatted() {
        terraform("fmt", "-check", "-recursive", "-diff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "service"})
    void resources_and_policies_are_as_meant(String module) {
        Optional<Path> plugins = pluginFolder();
        assumeTrue(plugins.isPresent(), "no folder with Terraform's AWS provider: set TF_PLUGIN_DIR");

        folder = folder.resolve(module);
        terraform("init", "-backend=false", "-plugin-dir=" + plugins.get());
        assertThat(terraform("test")).contains("Success!").doesNotContain("Success! 0 passed");
    }

    private String terraform(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program().orElseThrow().toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("CHECKPOINT_DISABLE", "1"); // no question for newer versions
        builder.environment().put("NO_COLOR", "1");
        builder.environment().put("GOGC", "400"); // short-lived: a third less work
        try {
            Process process = builder.start();
            boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            process.destroyForcibly();
            String said = Files.readString(output);
            assertThat(ended).as("%s ended; it said:%n%s", command, said).isTrue();
            assertThat(process.exitValue()).as("%s said:%n%s", command, said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static boolean isOurs(Path file) {
        return Files.isRegularFile(file)
                && (file.toString().endsWith(".tf") || file.toString().endsWith(".hcl"));
    }

    private static Optional<Path> program() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry, "terraform"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> pluginFolder() {
        Path home = Path.of(System.getProperty("user.home"));
        return Stream.of(
                        Stream.ofNullable(System.getenv("TF_PLUGIN_DIR")).map(Path::of),
                        Stream.of(home.resolve(".terraform.d/plugins")),
                        Stream.of(Path.of("/usr/share/terraform/plugins")),
                        Stream.of(Path.of("/usr/local/share/terraform/plugins")),
                        foldersIn(Path.of("/opt")))
                .flatMap(folders -> folders)
                .filter(folder -> Files.isDirectory(folder.resolve("registry.terraform.io/hashicorp/aws")))
                .findFirst();
    }

    private static Stream<Path> foldersIn(Path folder) {
        File[] folders = folder.toFile().listFiles(File::isDirectory);
        return folders == null ? Stream.empty() : Arrays.stream(folders).map(File::toPath);
    }
}
