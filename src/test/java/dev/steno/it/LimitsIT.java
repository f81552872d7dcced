package dev.steno.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.PATH;

import dev.steno.testing.Microphone;
import dev.steno.testing.RawSocket;
import dev.steno.testing.ServerJvm;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.Wait;
import dev.steno.testing.transcribe.TranscribeServerOptions;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** How much one caller, and all of them in a day, can have of the real server. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class) // the last one uses up the day
class LimitsIT {
    private static final String ALICE = "alice-knows-this-secret";
    private static final String BOB = "bob-knows-another-one";
    private static final String CAROL = "carol-has-one-of-her-own";

    /** One final of just 3 s, which comes while the recording goes on, and then partials of a megabyte. */
    private static final byte[] SPEECH = AmazonStandIns.audio(3);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private static AmazonStandIns amazon;
    private static Map<String, String> settings;
    private static StenoProcess steno;

    @BeforeAll
    static void start() {
        amazon = new AmazonStandIns(TranscribeServerOptions.defaults().withPartialPadding(1_000_000));
        settings = amazon.inFolder(
                "AUTH_MODE",
                "token",
                "AUTH_TOKENS",
                "alice:" + ALICE + ",bob:" + BOB + ",carol:" + CAROL,
                "CALLER_LIMIT",
                "2",
                "CALLER_SOCKETS",
                "5",
                "SESSION_RESUME_WINDOW",
                "PT1S",
                "DAILY_MINUTES",
                "4");
        steno = StenoProcess.start(folder, settings);
        steno.awaitOk("healthz/ready");
    }

    @AfterAll
    static void stop() {
        steno.close();
        amazon.close();
    }

    @Test
    @Order(1)
    void ends_and_archives_the_recording_of_a_client_that_never_reads() throws IOException {
        try (RawSocket deaf = RawSocket.open(steno.base(), ALICE)) {
            assertThat(deaf.status()).isEqualTo(101);
            Microphone.chunks(SPEECH).forEach(deaf::binary);
            Microphone.chunks(AmazonStandIns.audio(20)).forEach(deaf::binary);
            SharedSteno.awaitRecordings(steno, 1);
            Wait.until(PATIENCE, () -> "the end of the recording; " + steno.log(), () -> connections() == 0);
            SharedSteno.awaitRecordings(steno, 0);
            Wait.until(
                    PATIENCE,
                    () -> "the transcript; " + steno.log(),
                    () -> transcripts().size() == 1);
            assertThat(transcripts()).singleElement(PATH).content().startsWith(AmazonStandIns.text(SPEECH));
        }
    }

    @Test
    @Order(2)
    void refuses_a_flood_of_connections_by_one_caller_while_others_record_unharmed() {
        try (StenoClient alice = StenoClient.connectAs(steno.base(), ALICE)) {
            AmazonStandIns.send(alice, SPEECH);
            List<RawSocket> flood = IntStream.range(0, 100)
                    .parallel()
                    .mapToObj(i -> RawSocket.open(steno.base(), BOB))
                    .toList();
            Wait.until(PATIENCE, () -> "no more than five of " + connections(), () -> connections() <= 1 + 5);
            assertThat(flood).extracting(RawSocket::status).contains(101, 429).containsOnly(101, 429);
            try (RawSocket refused = RawSocket.open(steno.base(), BOB)) {
                assertThat(refused.status()).isEqualTo(429);
            }
            flood.forEach(RawSocket::close);
            Wait.until(PATIENCE, () -> "the end of " + connections(), () -> connections() == 1);
            try (RawSocket again = RawSocket.open(steno.base(), BOB)) {
                assertThat(again.status()).isEqualTo(101);
                again.hear();
            }
            alice.control("stop");
            alice.await("saved");
            assertThat(alice.text() + "\n").isEqualTo(AmazonStandIns.text(SPEECH));
        }
        steno.awaitLog("connections by bob already");
    }

    @Test
    @Order(3)
    void lets_a_caller_have_two_recordings_and_another_caller_one_more() {
        List<StenoClient> clients = new ArrayList<>();
        for (String token : List.of(ALICE, ALICE, BOB)) {
            StenoClient client = StenoClient.connectAs(steno.base(), token);
            clients.add(client);
            client.control("start");
            client.await("status");
        }
        try (StenoClient third = StenoClient.connectAs(steno.base(), ALICE)) {
            third.control("start");
            assertThat(third.awaitError("busy").getString("message")).contains("by alice", "CALLER_LIMIT");
            assertThat(third.awaitClose()).isEqualTo(1013);
        }
        clients.forEach(StenoClient::close);
        SharedSteno.awaitRecordings(steno, 0);
    }

    @Test
    @Order(4)
    void counts_no_connection_that_ended_in_the_middle_of_a_frame() {
        for (int round = 0; round < 3; round++) {
            awaitNoConnection();
            List<RawSocket> begun = Stream.generate(() -> RawSocket.open(steno.base(), BOB))
                    .limit(5)
                    .toList();
            assertThat(begun).extracting(RawSocket::status).containsOnly(101);
            begun.forEach(RawSocket::hear);
            begun.forEach(socket -> socket.begin(1_000_000));
            begun.forEach(socket -> socket.bytes(new byte[1_000]));
            begun.forEach(RawSocket::close);
        }
        awaitNoConnection();
    }

    /** Each larger than what is taken, and never complete: again and again, by one caller. */
    @Test
    @Order(5)
    void ends_connections_whose_frames_never_end_and_keeps_nothing_of_them() throws Exception {
        keepsNothingOf(socket -> {
            socket.begin(64 << 20);
            socket.untilClosed(again -> again.bytes(new byte[60_000]));
        });
    }

    @Test
    @Order(6)
    void ends_connections_whose_fragments_never_end_and_keeps_nothing_of_them() throws Exception {
        keepsNothingOf(socket -> {
            socket.frame(0x02, new byte[0]);
            socket.untilClosed(again -> again.frame(0x00, new byte[60_000]));
        });
    }

    private static void keepsNothingOf(Consumer<RawSocket> neverEnding) throws Exception {
        try (ServerJvm server = ServerJvm.attach(steno.handle().pid())) {
            repeat(5, neverEnding); // what every server needs once
            double before = server.liveHeapMebibytes();
            repeat(40, neverEnding);
            assertThat(server.liveHeapMebibytes()).isLessThan(before + 20);
        }
        try (StenoClient alice = StenoClient.connectAs(steno.base(), ALICE)) {
            AmazonStandIns.send(alice, SPEECH);
            alice.control("stop");
            alice.await("saved");
            assertThat(alice.text() + "\n").isEqualTo(AmazonStandIns.text(SPEECH));
        }
    }

    private static void repeat(int times, Consumer<RawSocket> neverEnding) {
        for (int i = 0; i < times; i++) {
            awaitNoConnection();
            try (RawSocket socket = RawSocket.open(steno.base(), BOB)) {
                assertThat(socket.status()).isEqualTo(101);
                neverEnding.accept(socket);
            }
        }
        awaitNoConnection();
    }

    private static void awaitNoConnection() {
        Wait.until(PATIENCE, () -> "the end of " + connections(), () -> connections() == 0);
    }

    @Test
    @Order(7)
    void warns_and_ends_recordings_when_the_minutes_of_the_day_are_used_up_and_remembers_it() {
        try (StenoClient running = StenoClient.connectAs(steno.base(), ALICE)) {
            AmazonStandIns.send(running, SPEECH);
            running.await("transcript", message -> message.getBoolean("is_final"));
            String refusal = "";
            while (!refusal.contains("DAILY_MINUTES")) {
                refusal = startAndStop(CAROL); // each is billed 15 s
            }
            assertThat(refusal).contains("4 minutes", "00:00 UTC");
            running.await("status", message -> message.containsKey("ends_in"));
            running.awaitError("session_expired");
            running.await("saved");
            assertThat(running.awaitClose()).isEqualTo(1008);
        }
        assertThat(info().getInt("daily_minutes_used")).isEqualTo(4);
        steno.kill();
        steno = StenoProcess.start(folder, settings);
        steno.awaitOk("healthz/ready");
        assertThat(info().getJsonObject("limits").getInt("daily_minutes")).isEqualTo(4);
        assertThat(info().getInt("daily_minutes_used")).isEqualTo(4);
        assertThat(startAndStop(ALICE)).contains("DAILY_MINUTES");
    }

    /** @return the error that came */
    private static String startAndStop(String token) {
        try (StenoClient client = StenoClient.connectAs(steno.base(), token)) {
            client.control("start");
            client.control("stop");
            return client.await("error").getString("message");
        }
    }

    private static JsonObject info() {
        return read("info");
    }

    private static int connections() {
        return read("healthz").getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .filter(check -> check.getString("name").equals("recordings"))
                .findFirst()
                .orElseThrow()
                .getJsonObject("data")
                .getInt("connections");
    }

    private static JsonObject read(String path) {
        try (JsonReader reader =
                Json.createReader(steno.base().resolve(path).toURL().openStream())) {
            return reader.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> transcripts() {
        try (Stream<Path> files = Files.list(steno.archive())) {
            return files.filter(file -> file.toString().endsWith(".txt")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
