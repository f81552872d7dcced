package dev.steno.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.configuration.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {
    private static final String PROXY = "10.2.3.4";

    private final PublicAddress address = new PublicAddress(new AccessControl(
            new Settings(key ->
                    Optional.ofNullable(Map.of("TRUSTED_PROXIES", "10.0.0.0/8").get(key))),
            () -> new byte[32]));

    @ParameterizedTest
    @CsvSource({
        "Steno.example.com,       '',     http://steno.example.com",
        "steno.example.com:80,    /steno, http://steno.example.com/steno",
        "localhost:8080,          /steno, http://localhost:8080/steno",
        "[2001:db8::1]:8080,      '',     http://[2001:db8::1]:8080",
        "'',                      '',     http://192.0.2.1:8080",
        "'evil.com/@x',           '',     http://192.0.2.1:8080",
    })
    void is_what_the_caller_asked_for(String host, String context, String base) {
        assertThat(address.base(Requests.to(host).at(context).build())).isEqualTo(base);
    }

    @Test
    void is_https_where_the_server_speaks_tls() {
        assertThat(address.base(Requests.to("steno.example.com:443").secure().build()))
                .isEqualTo("https://steno.example.com");
    }

    @Test
    void is_what_a_trusted_proxy_was_asked_for() {
        Requests request = Requests.to("10.0.0.2:8080")
                .at("/steno")
                .header("X-Forwarded-Proto", "wss")
                .header("X-Forwarded-Host", "steno.example.com");
        assertThat(address.base(request.from(PROXY).build())).isEqualTo("https://steno.example.com/steno");
        assertThat(address.base(request.from("11.2.3.4").build())).isEqualTo("http://10.0.0.2:8080/steno");
    }

    @ParameterizedTest
    @CsvSource({"/speech, /speech", "/speech/, /speech", "/a/b, /a/b", "/, ''"})
    void has_the_prefix_of_a_trusted_proxy_in_the_place_of_the_context_path(String prefix, String path) {
        Requests request = Requests.to("steno.example.com").at("/steno").header("X-Forwarded-Prefix", prefix);
        assertThat(address.base(request.from(PROXY).build())).isEqualTo("http://steno.example.com" + path);
        assertThat(address.base(request.from("11.2.3.4").build())).isEqualTo("http://steno.example.com/steno");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"speech", "//evil.example.com", "/a/../b", "/a?b", "/<b>", "/a b", "https://evil.example.com"})
    void has_no_prefix_that_is_no_path(String prefix) {
        Requests request =
                Requests.to("steno.example.com").at("/steno").from(PROXY).header("X-Forwarded-Prefix", prefix);
        assertThat(address.base(request.build())).isEqualTo("http://steno.example.com/steno");
    }
}
