package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.PATH;

import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What was shown as final outlives the process that showed it, however it ends. */
class LifecycleIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final AmazonStandIns amazon = new AmazonStandIns();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // the log says why
    private Path folder;

    @AfterEach
    void close() {
        amazon.close();
    }

    @Test
    void archives_running_recordings_when_the_server_is_stopped() throws Exception {
        Map<String, String> inFolder = amazon.settings("S3_BUCKET", "", "TRANSCRIPTION_ENGINE", "amazon-transcribe");
        byte[] audio = AmazonStandIns.audio(4);
        try (StenoProcess steno = start(inFolder);
                StenoClient client = StenoClient.connect(steno.base())) {
            AmazonStandIns.send(client, audio);
            awaitFinal(client);
            steno.beginToTerminate();
            if (steno.closesSocketsFirst()) {
                assertThat(client.awaitClose()).isIn(1001, 1006);
                steno.awaitExit();
                assertArchivedByNowOrByTheNextStart(steno, inFolder, AmazonStandIns.text(AmazonStandIns.audio(3)));
            } else {
                client.await("saved");
                assertThat(client.awaitClose()).isEqualTo(1012);
                steno.awaitExit();
                assertThat(transcripts(steno.archive())).singleElement(PATH).hasContent(AmazonStandIns.text(audio));
            }
        }
    }

    /**
     * Where the server took away sockets, or threads as well, the final that was shown must not be lost all the same.
     */
    private void assertArchivedByNowOrByTheNextStart(StenoProcess ended, Map<String, String> environment, String shown)
            throws IOException {
        if (transcripts(ended.archive()).isEmpty()) {
            try (StenoProcess next = start(environment)) {
                Wait.until(
                        PATIENCE, () -> "the end of the journals; " + next.log(), () -> journals(next.archive()) == 0);
            }
        }
        assertThat(transcripts(ended.archive())).singleElement(PATH).content().startsWith(shown);
    }

    @Test
    void archives_after_a_crash_what_was_recognised_and_what_could_not_be_stored() {
        byte[] whole = AmazonStandIns.audio(3);
        byte[] begun = AmazonStandIns.audio(4);
        amazon.s3().down();
        try (StenoProcess dead = start(amazon.settings())) {
            StenoClient unstored = StenoClient.connect(dead.base());
            AmazonStandIns.send(unstored, whole);
            unstored.control("stop");
            unstored.awaitError("archive_delayed");
            StenoClient running = StenoClient.connect(dead.base());
            AmazonStandIns.send(running, begun);
            awaitFinal(running);
            dead.kill();
            assertThat(journals(dead.archive())).isEqualTo(2);
        }
        amazon.s3().up();

        try (StenoProcess again = start(amazon.settings())) {
            Wait.until(PATIENCE, () -> "the end of the journals; " + again.log(), () -> journals(again.archive()) == 0);
            List<String> texts = amazon.s3().keys().stream()
                    .filter(key -> key.endsWith(".txt"))
                    .map(key -> amazon.s3().text(key).orElseThrow())
                    .toList();
            // Of both the first three seconds are a final: the fourth of the one died with the process.
            assertThat(texts).containsExactly(AmazonStandIns.text(whole), AmazonStandIns.text(whole));
        }
    }

    private StenoProcess start(Map<String, String> environment) {
        return StenoProcess.start(folder, environment).awaitOk("healthz/ready");
    }

    private static void awaitFinal(StenoClient client) {
        client.await("transcript", message -> message.getBoolean("is_final"));
    }

    private static List<Path> transcripts(Path archive) throws IOException {
        try (Stream<Path> files = Files.list(archive)) {
            return files.filter(file -> file.toString().endsWith(".txt")).toList();
        }
    }

    private static long journals(Path archive) {
        try (Stream<Path> files = Files.walk(archive.resolve(".journal"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".journal"))
                    .count();
        } catch (IOException | UncheckedIOException e) { // deleted while it was walked
            return -1;
        }
    }
}
