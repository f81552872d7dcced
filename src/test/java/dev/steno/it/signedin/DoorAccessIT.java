package dev.steno.it.signedin;

import static dev.steno.it.SharedSteno.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.it.SharedSteno;
import dev.steno.testing.DoorClient;
import dev.steno.testing.Handshake;
import dev.steno.testing.PrometheusText;
import dev.steno.testing.StenoProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter stands before every door on the real server, and each protocol has its own way to say who calls. */
class DoorAccessIT {
    private final StenoProcess steno = SharedSteno.signedIn();

    @ParameterizedTest
    @ValueSource(strings = {"vosk", "v1/realtime", "telephony/asterisk", "telephony/fork", "telephony/jambonz-stt"})
    void refuses_nobody_in_particular_and_pages_of_others(String path) {
        assertThat(at(path).status()).isEqualTo(401);
        assertThat(at(path).header("Authorization", "Bearer wrong").status()).isEqualTo(401);
        assertThat(at(path).header("Authorization", "Bearer " + ALICE).status()).isEqualTo(101);
        assertThat(at(path).header("Authorization", "Bearer " + ALICE)
                        .header("Origin", "https://evil.example.com")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void takes_a_token_as_each_protocol_has_it() {
        String basic =
                "Basic " + Base64.getEncoder().encodeToString(("steno:" + ALICE).getBytes(StandardCharsets.UTF_8));
        assertThat(at("telephony/asterisk").header("Authorization", basic).status())
                .isEqualTo(101);
        assertThat(at("ws").header("Authorization", basic).status()).isEqualTo(401);
        try (DoorClient client = DoorClient.connect(
                steno.base(), "v1/realtime", List.of("realtime", "openai-insecure-api-key." + ALICE), Map.of())) {
            assertThat(client.next().getString("type")).isEqualTo("session.created");
        }
        try (DoorClient client = DoorClient.connect(steno.base(), "vosk?access_token=" + ALICE)) {
            client.binary(new byte[0]);
            assertThat(client.next().getString("partial")).isEmpty();
        }
        assertThat(steno.log()).doesNotContain(ALICE);
    }

    @Test
    void asks_twilio_for_the_token_in_its_first_message() {
        try (DoorClient client = DoorClient.connect(steno.base(), "telephony/twilio")) {
            client.text("{\"event\":\"start\",\"start\":{\"customParameters\":{\"token\":\"wrong\"}}}");
            assertThat(client.awaitClose().getCloseCode().getCode()).isEqualTo(1008);
        }
        try (DoorClient client = DoorClient.connect(steno.base(), "telephony/twilio")) {
            client.text("{\"event\":\"start\",\"start\":{\"customParameters\":{\"token\":\"" + ALICE + "\"}}}");
            client.text("{\"event\":\"stop\"}");
            assertThat(client.awaitClose().getCloseCode().getCode()).isEqualTo(1000);
        }
    }

    @Test
    void counts_what_comes_through_each_door() throws IOException {
        try (DoorClient client = DoorClient.connect(
                steno.base(), "telephony/jambonz-stt", List.of(), Map.of("Authorization", "Bearer " + ALICE))) {
            client.text("{}");
            client.awaitClose();
        }
        URLConnection metrics = steno.base().resolve("prometheus").toURL().openConnection();
        metrics.setRequestProperty("Authorization", "Bearer " + ALICE);
        try (InputStream numbers = metrics.getInputStream()) {
            assertThat(PrometheusText.parse(new String(numbers.readAllBytes(), StandardCharsets.UTF_8))
                            .value("steno_door_connections_total{door=\"jambonz-stt\"}"))
                    .isPositive();
        }
    }

    private Handshake at(String path) {
        return Handshake.at(steno.base(), path);
    }
}
