package dev.steno.it.amazon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.it.AmazonStandIns;
import dev.steno.it.SharedSteno;
import dev.steno.testing.RawSocket;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of bad input in {@code docs/protocol.md}, row by row; each time speech is transcribed afterwards. */
class BadInputIT {
    /** One final at its end, and so short that it goes upstream at once. */
    private static final byte[] AUDIO = AmazonStandIns.audio(0.4);

    private static final String TEXT = AmazonStandIns.text(AUDIO);

    /** Without AUTH_MODE no token is looked at. */
    private static final Pattern COMPLAINT = Pattern.compile("SEVERE|ERROR|Exception");

    private static final Pattern STACK = Pattern.compile("^\\s+at ");
    private static final Pattern STACK_OF_JDK = Pattern.compile("^\\s+at (java|jdk|sun)\\b");

    private final StenoProcess steno = SharedSteno.onAmazon();

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
    void keeps_what_was_recognised_when_mistakes_or_haste_end_the_recording() {
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
        try (StenoClient client = StenoClient.connect(steno.base())) {
            client.await("session");
            client.binary(new byte[2 * 1024 * 1024]);
            assertThat(client.awaitClose()).isEqualTo(1009);
        }
        assertTranscribes();
    }

    @Test
    void closes_a_connection_whose_text_is_no_utf8() {
        assertEnds(1007, socket -> socket.frame(0x81, new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', '}'}));
    }

    /** Steno agrees to no compression, so what says that it is compressed breaks the protocol. */
    @Test
    void unfolds_no_compressed_frame() {
        assertEnds(1002, socket -> socket.frame(0xC1, new byte[] {(byte) 0xAA, 0x56, 0x4A, 0x04, 0x00}));
    }

    @Test
    void transcribes_for_others_while_frames_are_never_finished() {
        byte[] begun = new byte[1_000];
        System.arraycopy(new byte[] {(byte) 0x82, (byte) 0xFF, 0, 0, 0, 0, 0, 0x0F, 0, 0}, 0, begun, 0, 10);
        List<RawSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            RawSocket socket = RawSocket.open(steno.base(), "nobody");
            assertThat(socket.status()).isEqualTo(101);
            socket.bytes(begun);
            sockets.add(socket);
        }
        assertTranscribes();
        sockets.forEach(RawSocket::close);
    }

    @Test
    void shares_nothing_where_sharing_is_off() {
        try (StenoClient recorder = StenoClient.connect(steno.base())) {
            recorder.control("share");
            recorder.awaitError("bad_option");
            recorder.text("{\"type\":\"control\",\"action\":\"start\",\"share\":true}");
            recorder.await("error", message -> message.getString("message").contains("share is not available"));
            assertThat(recorder.isOpen()).isTrue();
        }
    }

    @Test
    void takes_no_name_from_a_client() {
        transcribesAfter(
                "bad_option",
                client -> client.text("{\"type\":\"control\",\"action\":\"start\",\"s3_key\":\"../../x\"}"));
        transcribesAfter(
                "unsupported_language",
                client -> client.text("{\"type\":\"control\",\"action\":\"start\",\"language_code\":\"../../x\"}"));
        transcribesAfter(
                "bad_option",
                client -> client.text(
                        "{\"type\":\"control\",\"action\":\"start\",\"vocabulary_name\":\"../\\u0000\\r\\nx\"}"));
    }

    @Test
    void is_busy_beyond_the_pool_and_free_again_afterwards() {
        try (StenoClient first = StenoClient.connect(steno.base());
                StenoClient second = StenoClient.connect(steno.base())) {
            first.control("start");
            first.await("status");
            second.control("start");
            second.await("status");
            try (StenoClient third = StenoClient.connect(steno.base())) {
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
    void survives_ten_thousand_random_and_mutated_frames() {
        int logged = steno.log().length();
        Random random = new Random(20241215);
        List<String> seeds = List.of(
                "{\"type\":\"audio\",\"payload\":\"" + Base64.getEncoder().encodeToString(new byte[320]) + "\"}",
                "{\"type\":\"control\",\"action\":\"start\",\"language_code\":\"en-US\"}",
                "{\"type\":\"control\",\"action\":\"pause\"}",
                "{\"type\":\"control\",\"action\":\"stop\"}");
        int sent = 0;
        while (sent < 10_000) {
            try (StenoClient client = StenoClient.connect(steno.base())) {
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
        assertThat(complaints(steno.log().substring(logged))).isEmpty();
    }

    /**
     * Steno's own entries, and exceptions that its code threw or had thrown by the JDK. Servers throw some of their
     * own, when Steno closes a socket that its client closes in the same moment.
     */
    private static List<String> complaints(String log) {
        List<String> complaints = new ArrayList<>();
        boolean throwerSeen = false;
        for (String line : log.lines().toList()) {
            boolean ofSteno = line.contains("dev.steno");
            if (!STACK.matcher(line).find()) {
                throwerSeen = false;
                if (ofSteno && COMPLAINT.matcher(line).find()) {
                    complaints.add(line);
                }
            } else if (!throwerSeen && !STACK_OF_JDK.matcher(line).find()) {
                throwerSeen = true;
                if (ofSteno) {
                    complaints.add(line);
                }
            }
        }
        return complaints;
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

    private void assertEnds(int code, Consumer<RawSocket> attack) {
        try (RawSocket socket = RawSocket.open(steno.base(), "nobody")) {
            assertThat(socket.status()).isEqualTo(101);
            attack.accept(socket);
            assertThat(socket.awaitClose()).isEqualTo(code);
        }
        assertTranscribes();
    }

    private void transcribesAfter(String code, Consumer<StenoClient> mistake) {
        try (StenoClient client = StenoClient.connect(steno.base())) {
            mistake.accept(client);
            assertThat(client.awaitError(code).getBoolean("fatal")).isFalse();
            assertTranscribes(client);
        }
    }

    private void endsButKeepsText(String code, Consumer<StenoClient> mistake) {
        try (StenoClient client = StenoClient.connect(steno.base())) {
            AmazonStandIns.send(client, AUDIO);
            client.control("pause");
            client.await("transcript", message -> message.getBoolean("is_final"));
            mistake.accept(client);
            client.await("error", message -> message.getString("code").equals(code) && message.getBoolean("fatal"));
            String key = client.await("saved").getString("s3_key");
            assertThat(client.awaitClose()).isEqualTo(1008);
            assertThat(SharedSteno.amazon().s3().text(key))
                    .hasValueSatisfying(text -> assertThat(text).startsWith(TEXT));
        }
        assertTranscribes();
    }

    private void assertTranscribes() {
        try (StenoClient client = StenoClient.connect(SharedSteno.onAmazon().base())) {
            assertTranscribes(client);
        }
    }

    private static void assertTranscribes(StenoClient client) {
        AmazonStandIns.send(client, AUDIO);
        client.control("stop");
        client.await("saved");
        assertThat(client.text() + "\n").isEqualTo(TEXT);
        assertThat(client.awaitClose()).isEqualTo(1000);
    }
}
