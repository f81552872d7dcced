package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.SteadySpeaker;
import dev.steno.testing.SteadySpeakers;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.WebhookReceiver;
import java.io.IOException;
import java.net.HttpURLConnection;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recordings go on after their server was killed or restarted: each byte is transcribed once and in order, in one
 * session and one file, its audio is the audio that was sent, and its webhooks arrive in order though their receiver
 * fails until the first kill. The long form: {@code -Dsteno.restart.kills=100 -Dsteno.restart.handovers=20
 * -Dsteno.restart.recordings=10}; hand-overs are by SIGTERM. The log says how long clients heard nothing.
 */
class RestartIT {
    private static final int KILLS = Integer.getInteger("steno.restart.kills", 1);
    private static final int HAND_OVERS = Integer.getInteger("steno.restart.handovers", 1);
    private static final int WAV_HEADER = 44;
    private static final int RECORDINGS = Integer.getInteger("steno.restart.recordings", 3);

    private final AmazonStandIns amazon = new AmazonStandIns();
    private final AtomicReference<StenoProcess> steno = new AtomicReference<>();
    private final SteadySpeakers speakers = new SteadySpeakers(() -> steno.get().base());
    private final Random random = new Random();
    private WebhookReceiver webhooks;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // the log says why
    private Path folder;

    @BeforeEach
    void open() throws IOException {
        webhooks = new WebhookReceiver();
        webhooks.answer(HttpURLConnection.HTTP_UNAVAILABLE);
    }

    @AfterEach
    void close() {
        webhooks.close();
        speakers.close();
        steno.get().close();
        amazon.close();
    }

    @Test
    void goes_on_after_each_kill_and_each_hand_over() throws Exception {
        steno.set(start());
        for (int i = 0; i < RECORDINGS; i++) {
            speakers.add(60 + 30 * (KILLS + HAND_OVERS));
        }
        speakers.start();
        List<Duration> starts = new ArrayList<>();
        for (int i = 0; i < KILLS + HAND_OVERS; i++) {
            speakers.awaitFinals(i + 1, () -> steno.get().log());
            Thread.sleep(random.nextInt(4_000));
            if (i < KILLS) {
                steno.get().kill();
            } else {
                steno.get().terminate();
            }
            webhooks.answer(HttpURLConnection.HTTP_OK);
            long startedAt = System.nanoTime();
            steno.set(start());
            starts.add(Duration.ofNanos(System.nanoTime() - startedAt));
        }
        speakers.awaitFinals(KILLS + HAND_OVERS + 1, () -> steno.get().log());
        speakers.finish();
        speakers.assertWhole(KILLS + HAND_OVERS + 1);
        for (SteadySpeaker speaker : speakers.all()) {
            assertAudio(speaker);
        }
        assertThat(transcripts()).hasSize(RECORDINGS);
        assertThat(steno.get().archive().resolve(".journal/audio")).isEmptyDirectory();
        assertWebhooks();
        report(starts);
    }

    private StenoProcess start() {
        Map<String, String> settings = amazon.inFolder(
                "SESSION_LIMIT",
                "20",
                "SESSION_RESUME_WINDOW",
                "PT3M",
                "SESSION_DRAIN",
                "hand-over",
                "ARCHIVE_AUDIO",
                "wav",
                "WEBHOOK_URL",
                webhooks.url(),
                "WEBHOOK_SECRET",
                WebhookReceiver.SECRET);
        return StenoProcess.start(folder, settings).awaitOk("healthz/ready");
    }

    /** Each once or more: one that comes again is known by its id. */
    private void assertWebhooks() {
        for (SteadySpeaker speaker : speakers.all()) {
            String session = speaker.saved().getString("session_id");
            Wait.until(
                    Duration.ofMinutes(1),
                    () -> "all webhooks of " + session + ": " + webhooks.events(),
                    () -> webhooks.types(session).contains("transcript.saved"));
            assertThat(webhooks.types(session))
                    .containsExactly("recording.started", "recording.ended", "transcript.saved");
        }
        assertThat(webhooks.faults()).isEmpty();
    }

    private static void assertAudio(SteadySpeaker speaker) throws IOException {
        byte[] wav =
                Files.readAllBytes(Path.of(speaker.saved().getString("location").replace(".txt", ".wav")));
        int length = wav.length - WAV_HEADER;
        assertThat(length)
                .isEqualTo(Math.round(speaker.saved().getJsonNumber("duration").doubleValue() * 32_000));
        assertThat(Arrays.copyOfRange(wav, WAV_HEADER, wav.length)).isEqualTo(Arrays.copyOf(speaker.audio(), length));
    }

    private List<Path> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(steno.get().archive())) {
            return files.filter(file -> file.toString().endsWith(".txt")).toList();
        }
    }

    private void report(List<Duration> starts) {
        List<Duration> silences = speakers.silences();
        System.getLogger(RestartIT.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0} kills and {1} hand-overs of {2} recordings. By the hash in each of {3} finals, {4} bytes were "
                                + "transcribed once each and in order, in {2} sessions and {2} files. Silence p50 {5}, "
                                + "p99 {6}; start of the server p50 {7}, p99 {8}.",
                        KILLS,
                        HAND_OVERS,
                        RECORDINGS,
                        speakers.all().stream()
                                .mapToInt(each -> each.finals().size())
                                .sum(),
                        speakers.all().stream().mapToLong(RestartIT::savedBytes).sum(),
                        at(silences, 0.5),
                        at(silences, 0.99),
                        at(starts.stream().sorted().toList(), 0.5),
                        at(starts.stream().sorted().toList(), 0.99));
    }

    /** Of audio, all of it heard by {@link SteadySpeakers#assertWhole}. */
    private static long savedBytes(SteadySpeaker speaker) {
        return Math.round(speaker.saved().getJsonNumber("duration").doubleValue() * 32_000);
    }

    private static Duration at(List<Duration> sorted, double quantile) {
        return sorted.get((int) (quantile * (sorted.size() - 1)));
    }
}
