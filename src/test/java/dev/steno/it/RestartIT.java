package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.SteadySpeaker;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.transcribe.AudioDigest;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recordings go on after their server was killed or restarted: each byte is transcribed once and in order, in one session and
 * one file, and its audio is the audio that was sent. The long form: {@code -Dsteno.restart.kills=100 -Dsteno.restart.recordings=10}.
 */
class RestartIT {
    private static final int KILLS = Integer.getInteger("steno.restart.kills", 1);
    private static final int HAND_OVERS = Integer.getInteger("steno.restart.handovers", 1);
    private static final int RECORDINGS = Integer.getInteger("steno.restart.recordings", 3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int WAV_HEADER = 44;

    private final AmazonStandIns amazon = new AmazonStandIns();
    private final AtomicReference<StenoProcess> steno = new AtomicReference<>();
    private final List<SteadySpeaker> speakers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Random random = new Random();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // the log says why
    private Path folder;

    @AfterEach
    void close() {
        threads.forEach(Thread::interrupt);
        steno.get().close();
        amazon.close();
    }

    @Test
    void goes_on_after_each_kill_and_each_hand_over() throws Exception {
        steno.set(start());
        for (int i = 0; i < RECORDINGS; i++) {
            SteadySpeaker speaker = new SteadySpeaker(this::base, i, 60 + 30 * (KILLS + HAND_OVERS));
            speakers.add(speaker);
            threads.add(new Thread(speaker));
            threads.get(i).start();
        }
        List<Duration> starts = new ArrayList<>();
        for (int i = 0; i < KILLS + HAND_OVERS; i++) {
            awaitFinals(i + 1);
            Thread.sleep(random.nextInt(4_000));
            if (i < KILLS) {
                steno.get().kill();
            } else {
                steno.get().terminate();
            }
            long startedAt = System.nanoTime();
            steno.set(start());
            starts.add(Duration.ofNanos(System.nanoTime() - startedAt));
        }
        awaitFinals(KILLS + HAND_OVERS + 1);
        speakers.forEach(SteadySpeaker::stop);
        for (Thread thread : threads) {
            thread.join(PATIENCE.toMillis());
        }
        for (SteadySpeaker speaker : speakers) {
            assertWhole(speaker);
        }
        assertThat(transcripts()).hasSize(RECORDINGS);
        assertThat(steno.get().archive().resolve(".journal/audio")).isEmptyDirectory();
        report(starts);
    }

    private StenoProcess start() {
        Map<String, String> settings = amazon.settings(
                "S3_BUCKET", "",
                "TRANSCRIPTION_ENGINE", "amazon-transcribe",
                "SESSION_LIMIT", "20",
                "SESSION_RESUME_WINDOW", "PT3M",
                "SESSION_DRAIN", "hand-over",
                "ARCHIVE_AUDIO", "wav");
        return StenoProcess.start(folder, settings).awaitOk("healthz/ready");
    }

    private URI base() {
        return steno.get().base();
    }

    /** Until everybody is connected again, and was heard. */
    private void awaitFinals(int number) {
        List<Integer> before =
                speakers.stream().map(each -> each.finals().size()).toList();
        Wait.until(
                PATIENCE,
                () -> "words of all "
                        + speakers.stream().map(SteadySpeaker::faults).toList()
                        + steno.get().log(),
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

    private void assertWhole(SteadySpeaker speaker) throws IOException {
        assertThat(speaker.faults()).isEmpty();
        assertThat(speaker.saved()).as("saved").isNotNull();
        assertThat(speaker.sessionIds())
                .hasSizeGreaterThan(KILLS + HAND_OVERS)
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
        assertThat(position)
                .isEqualTo(Math.round(speaker.saved().getJsonNumber("duration").doubleValue() * 32_000));
        String text = String.join(
                        "\n",
                        speaker.finals().stream()
                                .map(heard -> heard.getString("text"))
                                .toList())
                + "\n";
        assertThat(Path.of(speaker.saved().getString("location"))).hasContent(text);
        byte[] wav =
                Files.readAllBytes(Path.of(speaker.saved().getString("location").replace(".txt", ".wav")));
        assertThat(Arrays.copyOfRange(wav, WAV_HEADER, wav.length)).isEqualTo(Arrays.copyOf(speaker.audio(), position));
    }

    private static int bytes(JsonObject message, String name) {
        return Math.toIntExact(Math.round(message.getJsonNumber(name).doubleValue() * 16_000) * 2);
    }

    private List<Path> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(steno.get().archive())) {
            return files.filter(file -> file.toString().endsWith(".txt")).toList();
        }
    }

    private void report(List<Duration> starts) {
        List<Duration> silences = speakers.stream()
                .flatMap(each -> each.silences().stream())
                .sorted()
                .toList();
        System.getLogger(RestartIT.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0} kills and {1} hand-overs of {2} recordings. Silence p50 {3}, p99 {4}; start of the server p50 {5}.",
                        KILLS,
                        HAND_OVERS,
                        RECORDINGS,
                        at(silences, 0.5),
                        at(silences, 0.99),
                        at(starts.stream().sorted().toList(), 0.5));
    }

    private static Duration at(List<Duration> sorted, double quantile) {
        return sorted.get((int) (quantile * (sorted.size() - 1)));
    }
}
