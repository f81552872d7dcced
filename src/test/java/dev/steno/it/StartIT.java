package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever comes as soon as Steno says that it is ready can stay: the documented commands, run a second time in the same
 * folders.
 */
class StartIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final List<String> PATHS = List.of("info", "healthz/ready");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // the log says why
    private Path folder;

    @Test
    void stays_ready_from_the_first_moment_of_a_second_start() {
        try (AmazonStandIns amazon = new AmazonStandIns()) {
            Map<String, String> settings =
                    amazon.settings("S3_BUCKET", "", "TRANSCRIPTION_ENGINE", "amazon-transcribe");
            StenoProcess first = StenoProcess.start(folder, settings).awaitOk("healthz/ready");
            first.terminate();
            long began = System.nanoTime();
            try (StenoProcess second = first.again()) {
                Wait.until(PATIENCE, () -> "an answer; " + second.log(), () -> second.status("info") > 0);
                long answered = System.nanoTime();
                second.awaitOk("healthz/ready");
                staysReady(second);
                System.out.printf(
                        "The second start: the first answer after %.1f s, ready and stable %.1f s later.%n",
                        (answered - began) / 1e9, (System.nanoTime() - answered) / 1e9);
            }
        }
    }

    private static void staysReady(StenoProcess second) {
        try (StenoClient client = StenoClient.connect(second.base())) {
            client.await("session");
            assertThat(otherAnswersUntilStarted(second)).isEmpty();
            assertThat(client.isOpen()).isTrue();
            assertThat(Pattern.compile("Steno is up").matcher(second.log()).results())
                    .hasSize(1);
        }
    }

    /** What was not 200, until the server has nothing more to start. */
    private static List<String> otherAnswersUntilStarted(StenoProcess steno) {
        List<String> others = new ArrayList<>();
        Wait.until(PATIENCE, () -> "the end of the start; " + steno.log(), () -> {
            boolean started = steno.isStarted(); // looked up first: one more round of requests comes after it
            for (String path : PATHS) {
                int status = steno.status(path);
                if (status != 200) {
                    others.add(path + ": " + status);
                }
            }
            return started;
        });
        return others;
    }
}
