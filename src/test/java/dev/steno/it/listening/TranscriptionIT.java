package dev.steno.it.listening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steno.it.SharedSteno;
import dev.steno.testing.Clip;
import dev.steno.testing.CutProxy;
import dev.steno.testing.Microphone;
import dev.steno.testing.StenoClient;
import dev.steno.testing.StenoProcess;
import dev.steno.testing.WordErrorRate;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Speech to words to file, through a real server and a real WebSocket. */
@DisabledIfSystemProperty(named = "steno.slim", matches = "true", disabledReason = SharedSteno.SLIM)
class TranscriptionIT {
    private final StenoProcess steno = SharedSteno.listening();

    @Test
    void transcribes_base64_chunks_in_real_time() throws Exception {
        assertTranscribed(Clip.shipped("weather.wav"), StenoClient::audioAsBase64);
    }

    @Test
    void transcribes_binary_chunks_in_real_time() throws Exception {
        assertTranscribed(Clip.shipped("weather.wav"), StenoClient::binary);
    }

    private void assertTranscribed(Clip clip, BiConsumer<StenoClient, byte[]> sender) throws Exception {
        try (StenoClient client = StenoClient.connect(steno.base())) {
            JsonObject session = client.await("session");
            assertThat(session.getString("engine")).isEqualTo("sphinx");
            Microphone.play(clip, chunk -> sender.accept(client, chunk));
            client.control("stop");
            JsonObject saved = client.await("saved");
            assertThat(client.awaitClose()).isEqualTo(1000);
            assertThat(WordErrorRate.of(clip.text(), client.text()).rate()).isLessThanOrEqualTo(0.2);
            assertThat(saved.getString("session_id")).isEqualTo(session.getString("session_id"));
            assertThat(saved.getString("s3_key")).matches("\\d{8}_\\d{6}(_\\d+)?\\.txt");
            Path file = Path.of(saved.getString("location"));
            assertThat(Files.readString(file)).isEqualTo(lines(client));
            assertThat(Files.exists(Path.of(file.toString().replace(".txt", ".json"))))
                    .isTrue();
            assertThat(client.messages())
                    .anyMatch(message ->
                            message.getString("type").equals("transcript") && !message.getBoolean("is_final"))
                    .anyMatch(message -> message.getString("type").equals("progress"));
            assertThat(client.finals())
                    .extracting(message -> message.getInt("segment"))
                    .first()
                    .isEqualTo(0);
            assertThat(client.finals().get(0).getJsonArray("words")).isNotEmpty();
        }
    }

    @Test
    void goes_on_over_a_new_connection_after_the_network_was_cut_in_mid_sentence() throws Exception {
        assertResumed(CutProxy::cut);
    }

    @Test
    void goes_on_over_a_new_connection_after_a_proxy_ended_the_old_one_without_a_close_frame() throws Exception {
        assertResumed(CutProxy::end);
    }

    private void assertResumed(Consumer<CutProxy> cut) throws Exception {
        Clip clip = Clip.shipped("weather.wav");
        byte[] audio = clip.audio();
        int half = audio.length / 2 & ~1;
        try (CutProxy network = new CutProxy(steno.base());
                StenoClient first = StenoClient.connect(network.address())) {
            String id = first.await("session").getString("session_id"); // and with it the token, before the cut
            first.binary(Arrays.copyOf(audio, half));
            cut.accept(network);
            assertThat(first.awaitClose()).isEqualTo(1006);
            StenoClient second = first.resume(network.address());
            JsonObject session = second.await("session");
            assertThat(session.getBoolean("resumed")).isTrue();
            assertThat(session.getString("session_id")).isEqualTo(id);
            int accepted = session.getInt("received_bytes");
            assertThat(accepted).isIn(0, half);
            second.binary(Arrays.copyOfRange(audio, accepted, audio.length));
            second.control("stop");
            JsonObject saved = second.await("saved");
            assertThat(second.awaitClose()).isEqualTo(1000);
            assertThat(saved.getJsonNumber("duration").doubleValue()).isEqualTo(audio.length / 32_000.0, within(0.001));
            assertThat((first.text() + " " + second.text()).strip()).isEqualTo(record(clip));
        }
    }

    @Test
    void refuses_to_resume_what_is_not_there() {
        try (StenoClient client = StenoClient.connect(steno.base(), "?resume=forged&segments=x")) {
            assertThat(client.awaitError("session_expired").getBoolean("fatal")).isTrue();
            assertThat(client.awaitClose()).isEqualTo(1008);
        }
    }

    @Test
    void keeps_two_recordings_apart_that_start_in_the_same_second() {
        Clip weather = Clip.shipped("weather.wav");
        Clip airport = Clip.shipped("airport.wav");
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> record(weather));
        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> record(airport));
        assertThat(WordErrorRate.of(weather.text(), first.join()).rate()).isLessThanOrEqualTo(0.25);
        assertThat(WordErrorRate.of(airport.text(), second.join()).rate()).isLessThanOrEqualTo(0.25);
    }

    private String record(Clip clip) {
        try (StenoClient client = StenoClient.connect(steno.base())) {
            Microphone.play(clip, client::binary);
            client.control("stop");
            client.await("saved");
            return client.text();
        }
    }

    @Test
    void pauses_on_request_and_goes_on() {
        Clip clip = Clip.shipped("airport.wav");
        try (StenoClient client = StenoClient.connect(steno.base())) {
            Microphone.play(clip, client::binary);
            client.control("pause");
            client.await("status", status -> status.getString("state").equals("paused"));
            int before = client.finals().size();
            assertThat(before).isPositive();
            Microphone.play(clip, client::binary);
            client.control("stop");
            JsonObject saved = client.await("saved");
            List<JsonObject> after =
                    client.finals().subList(before, client.finals().size());
            assertThat(after).isNotEmpty();
            double seconds = clip.seconds();
            assertThat(after.get(0).getJsonNumber("start").doubleValue()).isGreaterThanOrEqualTo(seconds - 0.05);
            assertThat(saved.getJsonNumber("duration").doubleValue()).isBetween(2 * seconds - 0.1, 2 * seconds + 0.1);
        }
    }

    @Test
    void says_that_there_was_no_speech() {
        try (StenoClient client = StenoClient.connect(steno.base())) {
            client.binary(new byte[32_000]);
            client.control("stop");
            client.awaitError("no_speech");
            assertThat(client.awaitClose()).isEqualTo(1000);
        }
    }

    private static String lines(StenoClient client) {
        StringBuilder lines = new StringBuilder();
        client.finals()
                .forEach(message -> lines.append(message.getString("text")).append('\n'));
        return lines.toString();
    }
}
