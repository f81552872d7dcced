package dev.steno.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagePolicyTest {
    @Test
    void every_answer_says_how_little_the_page_needs() throws Exception {
        Map<String, String> headers = headers(Map.of());
        assertThat(headers).containsAllEntriesOf(SecurityHeadersFilter.HEADERS);
        assertThat(headers.get("Content-Security-Policy"))
                .startsWith("default-src 'none';")
                .endsWith("frame-ancestors 'none'")
                .doesNotContain("unsafe", "*", "data:");
    }

    @Test
    void named_sites_may_show_the_page_in_a_frame() throws Exception {
        Map<String, String> headers =
                headers(Map.of("EMBED_ORIGINS", "https://intranet.example.com, http://localhost:3000"));
        assertThat(headers.get("Content-Security-Policy"))
                .endsWith("frame-ancestors 'self' https://intranet.example.com http://localhost:3000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "example.com", "https://a.example/path", "https://a.example; script-src *"})
    void what_is_no_origin_stops_the_deployment(String origin) {
        assertThatThrownBy(() -> policy(Map.of("EMBED_ORIGINS", origin)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("EMBED_ORIGINS");
    }

    @Test
    void browsers_keep_transcripts_unless_the_operator_says_otherwise() {
        assertThat(policy(Map.of()).browserHistory()).isTrue();
        assertThat(policy(Map.of("BROWSER_HISTORY", "false")).browserHistory()).isFalse();
    }

    private static PagePolicy policy(Map<String, String> settings) {
        return new PagePolicy(new Settings(key -> Optional.ofNullable(settings.get(key))));
    }

    private static Map<String, String> headers(Map<String, String> settings) throws Exception {
        Map<String, String> headers = new TreeMap<>();
        SecurityHeadersFilter filter = new SecurityHeadersFilter();
        filter.obey(policy(settings));
        filter.init();
        HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
                PagePolicyTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> headers.put((String) arguments[0], (String) arguments[1]));
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                PagePolicyTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> null);
        filter.doFilter(request, response, (sent, answer) -> {});
        return headers;
    }
}
