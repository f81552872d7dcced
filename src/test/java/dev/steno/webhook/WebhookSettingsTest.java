package dev.steno.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.testing.WebhookReceiver;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSettingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/hooks",
                "http://localhost:9000/",
                "http://127.0.0.1:9000/x",
                "http://[::1]:9000/x"
            })
    void takes_https_and_this_machine(String url) {
        assertThat(read(Map.of("WEBHOOK_URL", url, "WEBHOOK_SECRET", WebhookReceiver.SECRET)))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/hooks",
                "http://10.0.0.1/",
                "ftp://example.com/",
                "https://user:password@example.com/",
                "example.com",
                "https://"
            })
    void refuses_what_others_could_read(String url) {
        assertThatThrownBy(() -> read(Map.of("WEBHOOK_URL", url, "WEBHOOK_SECRET", WebhookReceiver.SECRET)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("WEBHOOK_URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_c2hvcnQ=", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", "whsec_???"})
    void refuses_a_weak_secret_and_does_not_show_it(String secret) {
        assertThatThrownBy(() -> read(Map.of("WEBHOOK_URL", "https://example.com/", "WEBHOOK_SECRET", secret)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("WEBHOOK_SECRET")
                .hasMessageNotContaining(secret);
    }

    @Test
    void wants_a_secret_with_a_receiver() {
        assertThatThrownBy(() -> read(Map.of("WEBHOOK_URL", "https://example.com/")))
                .hasMessageContaining("WEBHOOK_SECRET");
    }

    @Test
    void tells_nobody_by_default() {
        assertThat(read(Map.of())).isEmpty();
    }

    private static Optional<WebhookSettings> read(Map<String, String> values) {
        return WebhookSettings.read(new Settings(key -> Optional.ofNullable(values.get(key))));
    }
}
