package dev.steno.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.configuration.Settings;
import jakarta.servlet.annotation.WebFilter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorAccessTest {
    private static final String SECRET = "alice-knows-this-secret";

    private final Map<String, String> settings =
            new TreeMap<>(Map.of("AUTH_MODE", "token", "AUTH_TOKENS", "alice:" + SECRET));

    @ParameterizedTest
    @ValueSource(
            strings = {
                DoorAccess.VOSK,
                DoorAccess.OPENAI,
                DoorAccess.TWILIO,
                DoorAccess.ASTERISK,
                DoorAccess.FORK,
                DoorAccess.JAMBONZ_STT
            })
    void takes_a_bearer_at_every_door(String path) {
        Requests request = at(path).header("Authorization", "Bearer " + SECRET);
        assertThat(identity(request)).contains("alice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {DoorAccess.VOSK, DoorAccess.OPENAI, DoorAccess.ASTERISK, DoorAccess.FORK, DoorAccess.JAMBONZ_STT
            })
    void lets_nobody_in_without_a_token(String path) {
        assertThat(identity(at(path))).isEmpty();
        assertThat(identity(at(path).header("Authorization", "Bearer wrong"))).isEmpty();
    }

    @Test
    void takes_a_key_among_the_subprotocols_of_openai_only() {
        String protocols = "realtime, openai-insecure-api-key." + SECRET + ", openai-beta.realtime-v1";
        assertThat(identity(at(DoorAccess.OPENAI).header("Sec-WebSocket-Protocol", protocols)))
                .contains("alice");
        assertThat(identity(at(DoorAccess.VOSK).header("Sec-WebSocket-Protocol", protocols)))
                .isEmpty();
        assertThat(identity(at("/ws").header("Sec-WebSocket-Protocol", protocols)))
                .isEmpty();
        assertThat(identity(at(DoorAccess.OPENAI)
                        .header("Sec-WebSocket-Protocol", "realtime, openai-insecure-api-key.wrong")))
                .isEmpty();
    }

    @Test
    void takes_a_password_from_telephone_systems_only() {
        String basic = "Basic " + base64("whoever:" + SECRET);
        assertThat(identity(at(DoorAccess.ASTERISK).header("Authorization", basic)))
                .contains("alice");
        assertThat(identity(at(DoorAccess.FORK).header("Authorization", basic))).contains("alice");
        assertThat(identity(at("/ws").header("Authorization", basic))).isEmpty();
        assertThat(identity(at(DoorAccess.ASTERISK).header("Authorization", "Basic *")))
                .isEmpty();
        assertThat(identity(at(DoorAccess.ASTERISK).header("Authorization", "Basic " + base64("alice:wrong"))))
                .isEmpty();
    }

    @Test
    void takes_a_token_in_the_address_of_vosk_where_it_is_allowed() {
        assertThat(identity(at(DoorAccess.VOSK).parameter("access_token", SECRET)))
                .isEmpty();
        settings.put("AUTH_QUERY_TOKEN", "true");
        assertThat(identity(at(DoorAccess.VOSK).parameter("access_token", SECRET)))
                .contains("alice");
        assertThat(identity(at("/ws").parameter("access_token", SECRET))).isEmpty();
    }

    @Test
    void lets_twilio_say_later_who_it_is() {
        assertThat(identity(at(DoorAccess.TWILIO))).contains("");
        settings.put("AUTH_MODE", "container");
        assertThat(identity(at(DoorAccess.TWILIO))).isEmpty();
    }

    @Test
    void refuses_what_twilio_did_not_sign() throws Exception {
        assertThat(access().refusal(at(DoorAccess.TWILIO).build())).isEmpty();
        settings.put("TWILIO_AUTH_TOKEN", "12345");
        assertThat(access().refusal(at(DoorAccess.TWILIO).build())).isPresent();
        assertThat(access().refusal(at(DoorAccess.VOSK).build())).isEmpty();
        for (String address : new String[] {
            "wss://steno.example.com/telephony/twilio",
            "https://steno.example.com/telephony/twilio",
            "wss://steno.example.com/telephony/twilio/",
            "wss://steno.example.com:443/telephony/twilio"
        }) {
            Requests signed = at(DoorAccess.TWILIO).header("X-Twilio-Signature", signature("12345", address));
            assertThat(access().refusal(signed.build())).as(address).isEmpty();
        }
        for (String[] wrong : new String[][] {
            {"54321", "wss://steno.example.com/telephony/twilio"},
            {"12345", "wss://steno.example.com/ws"},
            {"12345", "wss://evil.example.com/telephony/twilio"}
        }) {
            Requests forged = at(DoorAccess.TWILIO).header("X-Twilio-Signature", signature(wrong[0], wrong[1]));
            assertThat(access().refusal(forged.build())).as(wrong[1]).isPresent();
        }
    }

    @Test
    void stands_before_every_door() {
        assertThat(HandshakeFilter.class.getAnnotation(WebFilter.class).urlPatterns())
                .contains(
                        "/ws",
                        DoorAccess.VOSK,
                        DoorAccess.OPENAI,
                        DoorAccess.TWILIO,
                        DoorAccess.ASTERISK,
                        DoorAccess.FORK,
                        DoorAccess.JAMBONZ_STT);
    }

    private static Requests at(String path) {
        return Requests.to("steno.example.com").path(path).secure();
    }

    private Optional<String> identity(Requests request) {
        return access().identity(request.build());
    }

    private DoorAccess access() {
        Settings configured = new Settings(key -> Optional.ofNullable(settings.get(key)));
        AccessControl control = new AccessControl(configured, () -> new byte[32]);
        return new DoorAccess(configured, control, new PublicAddress(control));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String signature(String key, String address) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(address.getBytes(StandardCharsets.UTF_8)));
    }
}
