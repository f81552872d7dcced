package dev.steno.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSettingsTest {
    private static ClusterSettings settings(Map<String, String> values) {
        return new ClusterSettings(new Settings(key -> Optional.ofNullable(values.get(key))));
    }

    @Test
    void is_a_single_node_without_a_store() {
        assertThat(settings(Map.of()).url()).isEmpty();
        assertThat(settings(Map.of("CLUSTER_URL", "")).url()).isEmpty();
        assertThat(settings(Map.of()).name()).isEqualTo("steno");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://a:6379",
                "rediss://:secret@a",
                "redis-sentinel://a:26379,b:26379#primary",
                "redis-cluster://user:secret@a:6379,b:6379"
            })
    void shows_the_store_without_its_password(String url) {
        ClusterSettings settings = settings(Map.of("CLUSTER_URL", url));
        assertThat(settings.url()).isPresent();
        assertThat(settings.store()).startsWith("redis").contains("://a").doesNotContain("secret", "user");
    }

    @ParameterizedTest
    @CsvSource({
        "http://a:6379, http://a:6379",
        "a:6379, a:6379",
        "https://user:secret@a, https://…@a",
        "redis://:se cret@a, redis://…@a",
        "user:secret@a, …@a",
        "http://a?password=secret, http://a"
    })
    void names_a_refused_value_without_its_password(String url, String shown) {
        assertThatThrownBy(() -> settings(Map.of("CLUSTER_URL", url)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("CLUSTER_URL")
                .hasMessageContaining(shown)
                .hasMessageContaining("redis-cluster://")
                .satisfies(fault -> assertThat(fault.getMessage()).doesNotContain("cret"))
                .hasNoCause();
    }

    @Test
    void refuses_names_that_would_not_fit_into_keys() {
        assertThatThrownBy(() -> settings(Map.of("CLUSTER_NAME", "a{b}")))
                .hasMessageContaining("CLUSTER_NAME")
                .hasMessageContaining("a{b}");
    }
}
