package dev.steno.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What operators are given speaks of numbers that there are. */
class OperationsFilesTest {
    private static final Path FOLDER = Path.of("docs/operations");
    private static final Pattern METRIC = Pattern.compile("\\bsteno_[a-z_]+");

    @Test
    void alerts_and_dashboard_name_metrics_that_the_code_has() {
        Set<String> known = metricsOfTheCode();
        assertThat(known).hasSizeGreaterThan(15);
        for (String file : new String[] {"alerts.yaml", "alerts.test.yaml", "dashboard.json"}) {
            assertThat(families(read(FOLDER.resolve(file))))
                    .as(file)
                    .isNotEmpty()
                    .isSubsetOf(known);
        }
    }

    @Test
    void the_list_of_metrics_is_the_one_of_the_code() {
        Set<String> documented = families(read(FOLDER.resolve("README.md"))
                .lines()
                .filter(line -> line.startsWith("| `steno_"))
                .collect(Collectors.joining("\n")));
        assertThat(documented).isEqualTo(metricsOfTheCode());
    }

    @Test
    void each_alert_says_how_bad_it_is_and_what_to_do() {
        JsonNode rules =
                new YAMLMapper().readTree(read(FOLDER.resolve("alerts.yaml"))).at("/groups/0/rules");
        assertThat(rules.size()).isPositive();
        assertThat(rules.valueStream()).allSatisfy(rule -> {
            assertThat(rule.at("/labels/severity").asString()).isIn("critical", "warning", "info");
            assertThat(rule.at("/annotations/summary").asString()).isNotBlank();
            assertThat(rule.at("/annotations/description").asString()).isNotBlank();
        });
    }

    @Test
    void each_panel_of_the_dashboard_asks_the_chosen_nodes() {
        JsonNode panels = new ObjectMapper()
                .readTree(read(FOLDER.resolve("dashboard.json")))
                .path("panels");
        assertThat(panels.size()).isPositive();
        assertThat(panels.valueStream().flatMap(panel -> panel.path("targets").valueStream()))
                .allSatisfy(target -> assertThat(target.path("expr").asString()).contains("instance=~\"$instance\""));
    }

    @Test
    void the_alerts_fire_when_they_should() throws Exception {
        Optional<Path> promtool = program("promtool");
        assumeTrue(promtool.isPresent(), "promtool, which comes with Prometheus, is not on the PATH");
        Process process = new ProcessBuilder(promtool.get().toString(), "test", "rules", "alerts.test.yaml")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    /** Their names are whole in the source; an info metric gets its ending from the library. */
    private static Set<String> metricsOfTheCode() {
        try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/steno/metrics"))) {
            return files.flatMap(file -> Pattern.compile("\"(steno_[a-z_]+)\"")
                            .matcher(read(file))
                            .results())
                    .map(name -> name.group(1).replace("steno_build", "steno_build_info"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> families(String text) {
        return METRIC.matcher(text)
                .results()
                .map(name -> name.group().replaceFirst("_(bucket|sum|count)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<Path> program(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
