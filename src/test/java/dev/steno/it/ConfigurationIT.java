package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.StenoProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nonsense in the configuration stops the deployment, with a message that a person can act on. */
class ConfigurationIT {
    @TempDir
    private Path folder;

    @Test
    void stops_the_deployment_with_key_value_and_what_is_allowed() {
        assertStopped(Map.of("SESSION_IDLE_PAUSE", "soon"), "SESSION_IDLE_PAUSE=soon makes no sense");
    }

    @Test
    void stops_the_deployment_when_the_archive_is_no_folder() throws Exception {
        Path file = Files.createFile(folder.resolve("occupied"));
        assertStopped(Map.of("ARCHIVE_DIR", file.toString()), "ARCHIVE_DIR=" + file + " makes no sense");
    }

    private void assertStopped(Map<String, String> environment, String message) {
        try (StenoProcess steno = StenoProcess.start(folder, environment)) {
            steno.awaitLog(message);
            steno.awaitLog("ready in");
            assertThat(steno.status("healthz")).isNotEqualTo(200);
        }
    }
}
