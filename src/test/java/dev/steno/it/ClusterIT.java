package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.RedisProcess;
import dev.steno.testing.SteadySpeaker;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.transcribe.AudioDigest;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes with one store are one Steno: recordings go on at the other node, whatever becomes of the first. */
class ClusterIT {
    private static final int RECORDINGS = Integer.getInteger("steno.cluster.recordings", 3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final AmazonStandIns amazon = new AmazonStandIns();
    private final List<SteadySpeaker> speakers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<StenoProcess> started = new ArrayList<>();
    private final AtomicReference<StenoProcess> balanced = new AtomicReference<>();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // the logs say why
    private Path folder;

    private RedisProcess redis;

    @BeforeEach
    void startStore() throws IOException {
        redis = RedisProcess.start(Files.createDirectories(folder.resolve("redis")));
    }

    @AfterEach
    void close() {
        threads.forEach(Thread::interrupt);
        started.forEach(StenoProcess::close);
        redis.close();
        amazon.close();
    }

    @Test
    void goes_on_at_the_other_node_after_a_kill_and_after_a_hand_over() throws Exception {
        StenoProcess first = start("a");
        StenoProcess second = start("b");
        balanced.set(first.awaitOk("healthz/ready"));
        second.awaitOk("healthz/ready");
        for (int i = 0; i < RECORDINGS; i++) {
            SteadySpeaker speaker = new SteadySpeaker(this::base, i, 240);
            speakers.add(speaker);
            threads.add(new Thread(speaker));
            threads.get(i).start();
        }
        awaitFinals(1);
        balanced.set(second);
        first.kill();
        awaitFinals(2);

        // It finds the journals of its former life on its disk, whose recordings run at the other node.
        StenoProcess third = start("a").awaitOk("healthz/ready");
        balanced.set(third);
        second.terminate();
        awaitFinals(3);

        speakers.forEach(SteadySpeaker::stop);
        for (Thread thread : threads) {
            thread.join(PATIENCE.toMillis());
        }
        speakers.forEach(this::assertWhole);
        assertThat(transcripts()).hasSize(RECORDINGS);
        assertThat(third.log()).contains("is seen to by the cluster");
        System.getLogger(ClusterIT.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "Silences of clients: {0}",
                        speakers.stream().map(SteadySpeaker::silences).toList());
    }

    @Test
    void archives_at_another_node_what_nobody_returns_to() throws Exception {
        StenoProcess first = start("a").awaitOk("healthz/ready");
        StenoProcess second = start("b").awaitOk("healthz/ready");
        balanced.set(first);
        SteadySpeaker speaker = new SteadySpeaker(this::base, 7, 60);
        speakers.add(speaker);
        threads.add(new Thread(speaker));
        threads.get(0).start();
        awaitFinals(1);
        threads.get(0).interrupt();
        first.kill();
        List<String> finals =
                speaker.finals().stream().map(heard -> heard.getString("text")).toList();
        Wait.until(PATIENCE, second::log, () -> !transcripts().isEmpty());
        assertThat(transcripts()).hasSize(1);
        assertThat(Files.readString(transcripts().get(0))).startsWith(String.join("\n", finals));
    }

    private StenoProcess start(String node) {
        Map<String, String> settings = amazon.settings(
                "S3_BUCKET", "",
                "TRANSCRIPTION_ENGINE", "amazon-transcribe",
                "SESSION_LIMIT", "20",
                "SESSION_RESUME_WINDOW", "PT20S",
                "ARCHIVE_DIR", folder.resolve("transcripts").toString(),
                "JOURNAL_DIR", folder.resolve("journal-" + node).toString(),
                "CLUSTER_URL", redis.url());
        StenoProcess process = StenoProcess.start(newFolder(node + "-" + started.size()), settings);
        started.add(process);
        return process;
    }

    private Path newFolder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URI base() {
        return balanced.get().base();
    }

    /** Until everybody is connected for the n-th time, and was heard. */
    private void awaitFinals(int number) {
        List<Integer> before =
                speakers.stream().map(each -> each.finals().size()).toList();
        Wait.until(
                PATIENCE,
                () -> "words of all "
                        + speakers.stream().map(SteadySpeaker::faults).toList()
                        + balanced.get().log(),
                () -> {
                    for (int i = 0; i < speakers.size(); i++) {
                        SteadySpeaker speaker = speakers.get(i);
                        if (!speaker.attached()
                                || speaker.sessionIds().size() < number
                                || speaker.finals().size() <= before.get(i)) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    private void assertWhole(SteadySpeaker speaker) {
        assertThat(speaker.faults()).isEmpty();
        assertThat(speaker.saved()).as("saved").isNotNull();
        assertThat(speaker.sessionIds())
                .hasSizeGreaterThan(2)
                .containsOnly(speaker.sessionIds().get(0));
        int position = 0;
        int number = 0;
        for (JsonObject heard : speaker.finals()) {
            int end = bytes(heard, "end");
            assertThat(heard.getInt("segment")).isEqualTo(number++);
            assertThat(bytes(heard, "start")).isEqualTo(position);
            assertThat(heard.getString("text"))
                    .endsWith("sha " + AudioDigest.hash(Arrays.copyOfRange(speaker.audio(), position, end)));
            position = end;
        }
        String text = String.join(
                        "\n",
                        speaker.finals().stream()
                                .map(heard -> heard.getString("text"))
                                .toList())
                + "\n";
        assertThat(Path.of(speaker.saved().getString("location"))).hasContent(text);
    }

    private static int bytes(JsonObject message, String name) {
        return Math.toIntExact(Math.round(message.getJsonNumber(name).doubleValue() * 16_000) * 2);
    }

    private List<Path> transcripts() {
        try (Stream<Path> files = Files.list(folder.resolve("transcripts"))) {
            return files.filter(file -> file.toString().endsWith(".txt")).toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
