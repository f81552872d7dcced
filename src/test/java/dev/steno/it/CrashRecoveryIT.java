package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.Clip;
import dev.steno.testing.Microphone;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was shown as final outlives the process that showed it. */
class CrashRecoveryIT {
    @TempDir
    private Path folder;

    @Test
    void archives_after_kill_what_the_client_was_shown_before() {
        String shown;
        try (StenoProcess steno = StenoProcess.start(folder, Map.of()).awaitOk("healthz/ready")) {
            StenoClient client = StenoClient.connect(steno.base());
            Clip clip = Clip.shipped("sentences.wav");
            Microphone.play(clip, client::binary);
            Microphone.play(clip, client::binary); // a second time, so that the crash comes in mid-recording
            client.await("transcript", message -> message.getBoolean("is_final") && message.getInt("segment") == 1);
            shown = client.text();
            steno.kill();
        }
        assertThat(transcripts()).isEmpty();
        try (StenoProcess again = StenoProcess.start(folder, Map.of())) {
            Wait.until(Duration.ofMinutes(2), () -> "a transcript; " + again.log(), () -> !transcripts()
                    .isEmpty());
            assertThat(transcripts()).hasSize(1);
            assertThat(text(transcripts().get(0)).replace('\n', ' ')).startsWith(shown);
            again.awaitOk("healthz/ready");
            try (StenoClient client = StenoClient.connect(again.base())) {
                client.await("session");
            }
            again.terminate();
        }
    }

    private List<Path> transcripts() {
        Path archive = folder.resolve("transcripts");
        if (!Files.exists(archive)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(archive)) {
            return files.filter(file -> file.toString().endsWith(".txt")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
