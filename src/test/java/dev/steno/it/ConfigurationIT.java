package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.StenoProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Nonsense in the configuration stops the deployment, with a message that a person can act on. */
class ConfigurationIT {
    private static final String ENGINE = "TRANSCRIPTION_ENGINE";

    /** So that the slim WAR gets as far as the full one does. */
    private static final String AMAZON = "amazon-transcribe";

    private static final String FULL = "the WAR has the embedded recogniser";

    @TempDir
    private Path folder;

    /** Also where nothing uses the value. */
    @Test
    void stops_the_deployment_with_key_value_and_what_is_allowed() {
        assertStopped("S3_PATH_STYLE=maybe makes no sense", Map.of(ENGINE, AMAZON, "S3_PATH_STYLE", "maybe"));
    }

    @Test
    void stops_the_deployment_when_the_archive_is_no_folder() throws Exception {
        Path file = Files.createFile(folder.resolve("occupied"));
        assertStopped(
                "ARCHIVE_DIR=" + file + " makes no sense", Map.of(ENGINE, AMAZON, "ARCHIVE_DIR", file.toString()));
    }

    @Test
    void stops_the_deployment_when_the_name_of_the_bucket_is_none() {
        assertStopped("S3_BUCKET=s3://transcripts/team makes no sense", Map.of("S3_BUCKET", "s3://transcripts/team"));
    }

    @Test
    @EnabledIfSystemProperty(named = "steno.slim", matches = "true", disabledReason = FULL)
    void stops_the_deployment_when_the_slim_war_is_to_recognise_itself() {
        assertStopped("TRANSCRIPTION_ENGINE=sphinx makes no sense", Map.of(ENGINE, "sphinx"));
    }

    @Test
    @EnabledIfSystemProperty(named = "steno.slim", matches = "true", disabledReason = FULL)
    void stops_the_deployment_when_the_slim_war_is_not_configured_at_all() {
        assertStopped("set S3_BUCKET", Map.of());
    }

    private void assertStopped(String message, Map<String, String> environment) {
        try (StenoProcess steno = StenoProcess.start(folder, environment)) {
            steno.awaitLog(message);
            steno.awaitRefusal();
            assertThat(steno.status("healthz")).isNotEqualTo(200);
            assertThat(steno.log()).doesNotContain("Steno is up", "journals are in");
        }
    }
}
