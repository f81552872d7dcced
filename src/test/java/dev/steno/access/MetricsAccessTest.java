package dev.steno.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsAccessTest {
    private static final String SECRET = "a-secret-of-twenty-characters";

    @Test
    void lets_only_this_machine_in_when_nothing_is_configured() {
        MetricsAccess access = access(Map.of());
        assertThat(access.allows(Requests.to("localhost:8080").onThisMachine().build()))
                .isTrue();
        assertThat(access.allows(Requests.to("steno.example.com").build())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"})
    void keeps_out_who_comes_through_a_proxy_on_this_machine_that_nobody_configured(String header) {
        Requests request = Requests.to("localhost:8080").onThisMachine().header(header, "203.0.113.7");
        assertThat(access(Map.of()).allows(request.build())).isFalse();
    }

    @Test
    void keeps_out_who_comes_through_a_trusted_proxy() {
        MetricsAccess access = access(Map.of("TRUSTED_PROXIES", "127.0.0.1"));
        assertThat(access.allows(Requests.to("localhost:8080").onThisMachine().build()))
                .isFalse();
    }

    /** A name that its owner points at this machine. */
    @Test
    void keeps_out_a_page_of_another_name_for_this_machine() {
        assertThat(access(Map.of())
                        .allows(Requests.to("evil.example.com:8080")
                                .onThisMachine()
                                .build()))
                .isFalse();
    }

    @Test
    void lets_in_who_may_record_when_it_is_told_so() {
        MetricsAccess access = access(
                Map.of("METRICS_ACCESS", "authenticated", "AUTH_MODE", "token", "AUTH_TOKENS", "prometheus:" + SECRET));
        Requests request = Requests.to("steno.example.com");
        assertThat(access.allows(request.build())).isFalse();
        assertThat(access.asksWhoCalls()).isTrue();
        assertThat(access.allows(
                        request.header("Authorization", "Bearer " + SECRET).build()))
                .isTrue();
    }

    @Test
    void lets_everybody_in_when_it_is_told_so() {
        assertThat(access(Map.of("METRICS_ACCESS", "open"))
                        .allows(Requests.to("10.0.0.1").build()))
                .isTrue();
    }

    @Test
    void refuses_to_ask_who_calls_where_nobody_is_asked() {
        assertThatThrownBy(() -> access(Map.of("METRICS_ACCESS", "authenticated")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("METRICS_ACCESS", "authenticated", "AUTH_MODE=none");
    }

    private static MetricsAccess access(Map<String, String> values) {
        Settings settings = new Settings(key -> Optional.ofNullable(values.get(key)));
        return new MetricsAccess(settings, new AccessControl(settings, () -> new byte[32]));
    }
}
