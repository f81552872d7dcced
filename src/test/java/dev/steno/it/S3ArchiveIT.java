package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.s3.S3Server;
import dev.steno.testing.transcribe.AudioDigest;
import dev.steno.testing.transcribe.TranscribeServer;
import dev.steno.testing.transcribe.TranscribeServerOptions;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built WAR with what stands in for Amazon Transcribe and S3. */
class S3ArchiveIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final byte[] audio = audio();
    private final String text = String.join("\n", AudioDigest.finals(audio)) + "\n";
    private final TranscribeServer transcribe = TranscribeServer.start(TranscribeServerOptions.defaults());
    private final S3Server s3 = S3Server.start();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        s3.close();
        transcribe.close();
    }

    @Test
    void stores_in_the_bucket_says_so_and_catches_up_after_an_outage() {
        try (StenoProcess steno = start()) {
            JsonObject saved = record(steno).await("saved");
            String key = saved.getString("s3_key");
            assertThat(key).matches("team/\\d{8}_\\d{6}\\.txt");
            assertThat(saved.getString("location")).isEqualTo("s3://transcripts/" + key);
            assertThat(s3.text(key)).contains(text);
            assertThat(s3.text(key.replace(".txt", ".json")))
                    .hasValueSatisfying(json -> assertThat(json).contains(saved.getString("session_id")));

            s3.down();
            StenoClient delayed = record(steno);
            assertThat(delayed.awaitError("archive_delayed").getBoolean("fatal"))
                    .isTrue();
            assertThat(delayed.awaitClose()).isEqualTo(1000);
            assertThat(journals()).isEqualTo(1);
            s3.up();

            awaitObjects(4);
            Wait.until(PATIENCE, () -> "the end of the journal", () -> journals() == 0);
            assertThat(folder.resolve("transcripts")).isDirectoryNotContaining("glob:**.txt");
            steno.terminate();
        }
    }

    @Test
    void stores_after_kill_what_it_could_not_store_before() {
        s3.down();
        try (StenoProcess steno = start()) {
            record(steno).awaitError("archive_delayed");
            steno.kill();
        }
        assertThat(journals()).isEqualTo(1);
        s3.up();

        try (StenoProcess again = start()) {
            awaitObjects(2);
            Wait.until(PATIENCE, () -> "the end of the journal; " + again.log(), () -> journals() == 0);
            String key = s3.keys().stream()
                    .filter(each -> each.endsWith(".txt"))
                    .findFirst()
                    .orElseThrow();
            assertThat(s3.text(key)).contains(text);
        }
    }

    @Test
    void stops_the_deployment_when_the_name_of_the_bucket_is_none() {
        Map<String, String> environment = s3.settings();
        environment.put("S3_BUCKET", "s3://transcripts/team");
        try (StenoProcess steno = StenoProcess.start(folder, environment)) {
            steno.awaitLog("S3_BUCKET=s3://transcripts/team makes no sense");
            steno.awaitLog("ready in");
            assertThat(steno.status("healthz")).isNotEqualTo(200);
        }
    }

    private StenoProcess start() {
        Map<String, String> environment = s3.settings();
        environment.put("S3_PREFIX", "team/");
        environment.put(
                "AWS_ENDPOINT_URL_TRANSCRIBE_STREAMING", transcribe.endpoint().toString());
        return StenoProcess.start(folder, environment).awaitOk("healthz/ready");
    }

    private StenoClient record(StenoProcess steno) {
        StenoClient client = StenoClient.connect(steno.base());
        for (int at = 0; at < audio.length; at += 3200) {
            client.binary(Arrays.copyOfRange(audio, at, Math.min(at + 3200, audio.length)));
        }
        client.control("stop");
        return client;
    }

    private void awaitObjects(int count) {
        Wait.until(
                PATIENCE,
                () -> count + " objects, but there are " + s3.keys(),
                () -> s3.keys().size() == count);
    }

    /** Seeded noise, five seconds of it: one final in the stream and one at its end. */
    private static byte[] audio() {
        byte[] audio = new byte[5 * 32_000];
        new Random(1).nextBytes(audio);
        return audio;
    }

    private long journals() {
        try (Stream<Path> files = Files.walk(folder.resolve("transcripts/.journal"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".journal"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
