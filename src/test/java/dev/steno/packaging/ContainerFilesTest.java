package dev.steno.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Holds together what an image build cannot see: the files in {@code docker/}, the README and each other. */
class ContainerFilesTest {
    private static final Pattern KEY = Pattern.compile("`([A-Z][A-Z0-9]+_[A-Z0-9_]+)`");

    private final JsonNode compose = yaml("docker/compose.yaml");
    private final JsonNode steno = compose.at("/services/steno");

    @Test
    void env_example_knows_every_key_of_the_readme() {
        Set<String> documented = read("README.md")
                .lines()
                .filter(line -> line.matches("\\| `[A-Z].*"))
                .map(line -> line.substring(0, line.indexOf('|', 1)))
                .flatMap(line -> KEY.matcher(line).results().map(result -> result.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).hasSizeGreaterThan(20);
        assertThat(keysOf("docker/env.example", "#")).containsAll(documented);
    }

    /** An unset key is commented out: a blank one would hide a role or profile from other readers of the file. */
    @Test
    void env_example_sets_nothing() {
        assertThat(read("docker/env.example").lines())
                .allMatch(line -> line.isBlank() || line.startsWith("#"), "comment or blank");
    }

    @Test
    void the_root_compose_file_includes_the_one_in_docker() {
        JsonNode included = yaml("compose.yaml").at("/include/0");

        assertThat(included.path("path").asString()).isEqualTo("docker/compose.yaml");
        assertThat(included.path("project_directory").asString()).isEqualTo(".");
    }

    @Test
    void compose_publishes_to_this_machine_only() {
        assertThat(strings(steno.path("ports"))).containsExactly("127.0.0.1:8000:8080", "127.0.0.1:8080:8080");
        assertThat(strings(compose.at("/services/tls/ports")))
                .containsExactly("${STENO_TLS_ADDRESS:-127.0.0.1}:8443:8443");
        assertThat(compose.at("/services/s3/ports").isMissingNode()).isTrue();
    }

    @Test
    void compose_starts_one_service_unless_a_profile_is_asked_for() {
        assertThat(compose.path("services").properties().stream()
                        .filter(service -> service.getValue().path("profiles").isMissingNode())
                        .map(service -> service.getKey()))
                .containsExactly("steno");
    }

    @Test
    void compose_gives_steno_no_more_than_it_needs() {
        assertThat(steno.path("read_only").asBoolean()).isTrue();
        assertThat(strings(steno.path("cap_drop"))).containsExactly("ALL");
        assertThat(strings(steno.path("security_opt"))).containsExactly("no-new-privileges:true");
        assertThat(steno.at("/deploy/resources/limits").propertyNames()).contains("memory", "cpus", "pids");
    }

    /** 10 s more than the drain: the server itself needs some, and is killed when the time is over. */
    @Test
    void compose_waits_longer_than_the_drain() {
        Duration grace = Duration.parse("PT" + steno.path("stop_grace_period").asString());
        Duration drain = Duration.parse(valueOf("SESSION_DRAIN_TIMEOUT", "docker/env.example"));

        assertThat(grace).isGreaterThanOrEqualTo(drain.plusSeconds(10));
    }

    @Test
    void the_s3_profile_uses_the_bucket_and_port_of_its_store() {
        assertThat(valueOf("COMPOSE_PROFILES", "docker/s3.env")).isEqualTo("s3");
        assertThat(valueOf("STENO_ENV_FILE", "docker/s3.env")).isEqualTo("docker/s3.env");
        assertThat(valueOf("AWS_ENDPOINT_URL_S3", "docker/s3.env")).isEqualTo("http://s3:9090");
        assertThat(compose.at("/services/s3/environment/COM_ADOBE_TESTING_S3MOCK_STORE_INITIAL_BUCKETS")
                        .asString())
                .isEqualTo(valueOf("S3_BUCKET", "docker/s3.env"));
    }

    @ParameterizedTest
    @CsvSource({"vosk, VOSK_URL, vosk, 2700, vosk", "realtime, REALTIME_URL, speaches, 8000, realtime"})
    void an_engines_profile_starts_its_server_and_goes_on_without_it(
            String profile, String key, String service, int port, String engine) {
        String file = "docker/" + profile + ".env";
        assertThat(valueOf("COMPOSE_PROFILES", file)).isEqualTo(profile);
        assertThat(valueOf("STENO_ENV_FILE", file)).isEqualTo(file);
        assertThat(valueOf("TRANSCRIPTION_ENGINE", file)).isEqualTo(engine + ",sphinx");
        assertThat(valueOf(key, file)).startsWith("ws://" + service + ":" + port);
        assertThat(strings(compose.at("/services/" + service + "/profiles"))).containsExactly(profile);
        assertThat(compose.at("/services/" + service + "/ports").isMissingNode())
                .as("nobody but Steno reaches it")
                .isTrue();
    }

    @Test
    void the_image_runs_java_as_process_1_without_root() {
        List<String> lines = read("docker/Dockerfile").lines().toList();

        assertThat(lines).anyMatch(line -> line.matches("ENTRYPOINT \\[\"java\".*"));
        assertThat(lines).contains("USER 10001:10001");
    }

    @Test
    void every_image_has_an_exact_tag() {
        Stream<String> bases = Pattern.compile("(?m)^FROM (\\S+)")
                .matcher(read("docker/Dockerfile"))
                .results()
                .map(result -> result.group(1));
        Stream<String> services = Stream.of("s3", "tls", "speaches")
                .map(service -> compose.at("/services/" + service + "/image").asString());

        assertThat(Stream.concat(bases, services))
                .hasSize(5)
                .allMatch(image -> image.matches("[a-z./0-9-]+:\\d+\\.\\d+\\.\\d+.*"), "name:major.minor.patch");
    }

    /** The build context holds what the Dockerfile copies, and nothing that may be secret. */
    @Test
    void the_build_context_lists_what_is_copied() {
        Set<String> copied = Pattern.compile("(?m)^COPY (?:--chmod=\\S+ )?((?!--)\\S+) ")
                .matcher(read("docker/Dockerfile"))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
        Set<String> listed = read(".dockerignore")
                .lines()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .collect(Collectors.toSet());

        assertThat(read(".dockerignore").lines()).contains("*");
        assertThat(copied)
                .isNotEmpty()
                .allMatch(path -> listed.stream().anyMatch(path::startsWith), "in .dockerignore");
        assertThat(listed).allMatch(path -> Files.exists(Path.of(path)), "exists");
    }

    private static Set<String> keysOf(String file, String mark) {
        return Pattern.compile("(?m)^" + mark + "([A-Z][A-Z0-9_]+)=")
                .matcher(read(file))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String valueOf(String key, String file) {
        return Pattern.compile("(?m)^#?" + key + "=(.*)$")
                .matcher(read(file))
                .results()
                .map(result -> result.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(key + " is not in " + file));
    }

    private static Stream<String> strings(JsonNode list) {
        return list.valueStream().map(JsonNode::asString);
    }

    private static JsonNode yaml(String file) {
        return new YAMLMapper().readTree(read(file));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
