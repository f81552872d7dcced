package dev.steno.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

class AccessControlFuzzTest {
    private static final List<String> KEYS =
            List.of("TRUSTED_PROXIES", "ALLOWED_ORIGINS", "ALLOWED_HOSTS", "AUTH_TOKENS");

    private static final List<String> HEADERS = List.of(
            "Host", "Origin", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Authorization", "Cookie");

    /** One line for each setting, then one for each header. */
    @FuzzTest(maxDuration = "10m")
    void lets_in_or_refuses_whatever_is_configured_and_asked(byte[] input) {
        List<String> lines = Arrays.asList(new String(input, StandardCharsets.UTF_8).split("\n", -1));
        Settings settings =
                new Settings(key -> key.equals("AUTH_MODE") ? Optional.of("token") : line(lines, KEYS.indexOf(key)));
        AccessControl access;
        try {
            access = new AccessControl(settings, () -> new byte[32]);
        } catch (InvalidSettingException e) {
            assertThat(e).message().startsWith("Configuration: ").contains(" Allowed: ");
            return;
        }
        Requests request = Requests.to("localhost").from("10.0.0.1");
        for (int i = 0; i < HEADERS.size(); i++) {
            String header = HEADERS.get(i);
            line(lines, KEYS.size() + i)
                    .map(value -> header.equals("Cookie") ? AccessControl.COOKIE + "=" + value : value)
                    .ifPresent(value -> request.header(header, value));
        }
        IncomingRequest incoming = access.incoming(request.build());
        assertThat(incoming.network()).isNotEmpty();
        access.refusal(incoming).ifPresent(why -> assertThat(why).contains("ALLOWED_"));
        access.identity(request.build()).ifPresent(name -> assertThat(name).isNotBlank());
    }

    private static Optional<String> line(List<String> lines, int index) {
        return index < 0 || index >= lines.size() ? Optional.empty() : Optional.of(lines.get(index));
    }
}
