package dev.steno.recognition.vosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoskServersTest {
    @Test
    void has_one_language_at_one_address() {
        VoskServers servers = servers("http://vosk:2700", Map.of("TRANSCRIBE_LANGUAGE_CODE", "fr-FR"));
        assertThat(servers.languages()).containsExactly("fr-FR");
        assertThat(servers.server("fr-FR")).isEqualTo(URI.create("ws://vosk:2700"));
        assertThat(servers("ws://vosk:2700", Map.of()).languages()).containsExactly("en-US");
    }

    @Test
    void has_the_languages_of_a_map_and_the_configured_one_without_its_country() {
        VoskServers servers = servers("{\"en\":\"ws://en:2700\",\"fr-FR\":\"wss://fr/x?y=1\"}", Map.of());
        assertThat(servers.languages()).containsExactly("en", "en-US", "fr-FR");
        assertThat(servers.server("en-US")).isEqualTo(URI.create("ws://en:2700"));
        assertThat(servers.server("fr-FR")).isEqualTo(URI.create("wss://fr/x?y=1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vosk:2700",
                "ftp://vosk",
                "ws://",
                "ws://user:secret@vosk",
                "not an address?key=secret",
                "{}",
                "{\"en\":7}",
                "{\"en\":\"secret\"",
                "{\"\":\"ws://en\"}",
                "{\"en\":\"nowhere\"}"
            })
    void refuses_what_is_no_address_without_showing_secrets(String value) {
        assertThatThrownBy(() -> servers(value, Map.of()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("VOSK_URL=")
                .hasMessageNotContaining("secret")
                .hasMessageContaining("ws://localhost:2700");
    }

    @Test
    void must_have_an_address_when_it_is_chosen() {
        assertThat(servers("", Map.of()).isEmpty()).isTrue();
        assertThatThrownBy(() -> TestVosk.recognizer(Map.of(), Runnable::run))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("VOSK_URL=", "TRANSCRIPTION_ENGINE=vosk");
    }

    private static VoskServers servers(String value, Map<String, String> others) {
        Map<String, String> values = new HashMap<>(others);
        values.put("VOSK_URL", value);
        return VoskServers.from(new Settings(key -> Optional.ofNullable(values.get(key))));
    }
}
