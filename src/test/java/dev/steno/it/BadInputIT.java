package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.Clip;
import dev.steno.testing.Microphone;
import dev.steno.testing.StenoClient;
import dev.steno.testing.WordErrorRate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table of bad input in {@code docs/protocol.md}, row by row; each time speech is transcribed afterwards. */
@ArquillianTest
class BadInputIT {
    private static final Clip CLIP = Clip.shipped("airport.wav");

    @Deployment(testable = false)
    static WebArchive war() {
        return DeployedWar.archive();
    }

    @BeforeEach
    void awaitIdleServer() {
        DeployedWar.awaitIdle();
    }

    @Test
    void goes_on_after_messages_that_are_none() {
        transcribesAfter("bad_message", client -> client.text("hello"));
        transcribesAfter("bad_message", client -> client.text("{\"type\":\"video\"}"));
        transcribesAfter("bad_message", client -> client.control("explode"));
        transcribesAfter("bad_message", client -> client.text("{\"type\":\"audio\"}"));
        transcribesAfter("bad_message", client -> client.text("{\"type\":" + "[".repeat(50_000)));
    }

    @Test
    void goes_on_after_audio_that_is_none() {
        transcribesAfter("bad_audio", client -> client.binary(new byte[3]));
        transcribesAfter("bad_audio", client -> client.binary(new byte[0]));
        transcribesAfter("bad_audio", client -> client.text("{\"type\":\"audio\",\"payload\":\"?\"}"));
        transcribesAfter("bad_audio", client -> client.audioAsBase64(new byte[1]));
    }

    @Test
    void goes_on_after_messages_that_are_too_large() {
        transcribesAfter("too_large", client -> client.binary(new byte[256 * 1024 + 2]));
        transcribesAfter("too_large", client -> client.audioAsBase64(new byte[200 * 1024]));
    }

    @Test
    void takes_another_start_after_one_that_was_refused() {
        transcribesAfter(
                "bad_option", client -> client.text("{\"type\":\"control\",\"action\":\"start\",\"colour\":\"blue\"}"));
        transcribesAfter(
                "unsupported_language",
                client -> client.text("{\"type\":\"control\",\"action\":\"start\",\"language_code\":\"tlh\"}"));
    }

    @Test
    void keeps_what_was_recognised_when_mistakes_or_haste_end_the_recording() throws Exception {
        endsButKeepsText("bad_message", client -> {
            for (int i = 0; i < 20; i++) {
                client.text("nonsense " + i);
            }
        });
        endsButKeepsText("too_fast", client -> {
            byte[] second = new byte[32_000];
            for (int i = 0; i < 60 && client.isOpen(); i++) {
                client.binary(second);
            }
        });
    }

    @Test
    void closes_after_a_message_beyond_the_containers_limit_and_transcribes_for_others() {
        try (StenoClient client = StenoClient.connect(DeployedWar.BASE)) {
            client.await("session");
            client.binary(new byte[2 * 1024 * 1024]);
            assertThat(client.awaitClose()).isEqualTo(1009);
        }
        assertTranscribes();
    }

    @Test
    void says_that_there_was_no_speech() {
        try (StenoClient client = StenoClient.connect(DeployedWar.BASE)) {
            client.binary(new byte[32_000]);
            client.control("stop");
            client.awaitError("no_speech");
            assertThat(client.awaitClose()).isEqualTo(1000);
        }
    }

    @Test
    void is_busy_beyond_the_pool_and_free_again_afterwards() {
        try (StenoClient first = StenoClient.connect(DeployedWar.BASE);
                StenoClient second = StenoClient.connect(DeployedWar.BASE)) {
            first.control("start");
            first.await("status");
            second.control("start");
            second.await("status");
            try (StenoClient third = StenoClient.connect(DeployedWar.BASE)) {
                third.binary(new byte[3_200]);
                assertThat(third.awaitError("busy").getBoolean("fatal")).isTrue();
                assertThat(third.awaitClose()).isEqualTo(1013);
            }
            first.control("stop");
            second.control("stop");
            first.awaitClose();
            second.awaitClose();
        }
        assertTranscribes();
    }

    @Test
    void survives_ten_thousand_random_and_mutated_frames() throws Exception {
        int logged = DeployedWar.log().length();
        Random random = new Random(20241215);
        List<String> seeds = List.of(
                "{\"type\":\"audio\",\"payload\":\"" + Base64.getEncoder().encodeToString(new byte[320]) + "\"}",
                "{\"type\":\"control\",\"action\":\"start\",\"language_code\":\"en-US\"}",
                "{\"type\":\"control\",\"action\":\"pause\"}",
                "{\"type\":\"control\",\"action\":\"stop\"}");
        int sent = 0;
        while (sent < 10_000) {
            try (StenoClient client = StenoClient.connect(DeployedWar.BASE)) {
                // A connection ends after 20 mistakes or a stop; so each gets a few frames, and some get cut off.
                for (int i = random.nextInt(200); i >= 0 && client.isOpen(); i--) {
                    sendRandom(client, random, seeds);
                    sent++;
                }
            } catch (RuntimeException e) {
                sent++; // the server closed while a frame was on its way
            }
        }
        assertTranscribes();
        // Entries of Steno, and any with its code in the stack; Payara itself complains of sockets that close early.
        assertThat(DeployedWar.log().substring(logged).split("(?m)^(?=\\[\\d{4}-)", -1))
                .filteredOn(entry -> entry.contains("dev.steno"))
                .noneMatch(entry -> entry.contains("SEVERE") || entry.contains("Exception"));
    }

    private static void sendRandom(StenoClient client, Random random, List<String> seeds) {
        switch (random.nextInt(4)) {
            case 0 -> {
                byte[] noise = new byte[random.nextInt(4_000)];
                random.nextBytes(noise);
                client.binary(noise);
            }
            case 1 -> {
                StringBuilder text = new StringBuilder();
                random.ints(random.nextInt(100), 1, 0xD7FF).forEach(text::appendCodePoint);
                client.text(text.toString());
            }
            default -> {
                StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
                for (int edits = random.nextInt(4); edits > 0 && !text.isEmpty(); edits--) {
                    int at = random.nextInt(text.length());
                    if (random.nextBoolean()) {
                        text.setCharAt(at, (char) (1 + random.nextInt(126)));
                    } else {
                        text.deleteCharAt(at);
                    }
                }
                client.text(text.toString());
            }
        }
    }

    private static void transcribesAfter(String code, Consumer<StenoClient> mistake) {
        try (StenoClient client = StenoClient.connect(DeployedWar.BASE)) {
            mistake.accept(client);
            assertThat(client.awaitError(code).getBoolean("fatal")).isFalse();
            assertTranscribes(client);
        }
    }

    private static void endsButKeepsText(String code, Consumer<StenoClient> mistake) throws Exception {
        try (StenoClient client = StenoClient.connect(DeployedWar.BASE)) {
            Microphone.chunks(CLIP.audio()).forEach(client::binary);
            client.control("pause");
            client.await("transcript", message -> message.getBoolean("is_final"));
            mistake.accept(client);
            client.await("error", message -> message.getString("code").equals(code) && message.getBoolean("fatal"));
            Path file = Path.of(client.await("saved").getString("location"));
            assertThat(client.awaitClose()).isEqualTo(1008);
            assertThat(WordErrorRate.of(CLIP.text(), Files.readString(file)).rate())
                    .isLessThanOrEqualTo(0.3);
        }
        assertTranscribes();
    }

    private static void assertTranscribes() {
        DeployedWar.awaitIdle();
        try (StenoClient client = StenoClient.connect(DeployedWar.BASE)) {
            assertTranscribes(client);
        }
    }

    /** As fast as it is taken: a clip is shorter than what may be ahead of real time. */
    private static void assertTranscribes(StenoClient client) {
        Microphone.chunks(CLIP.audio()).forEach(client::binary);
        client.control("stop");
        client.await("saved");
        assertThat(WordErrorRate.of(CLIP.text(), client.text()).rate()).isLessThanOrEqualTo(0.3);
        assertThat(client.awaitClose()).isEqualTo(1000);
    }
}
