package dev.steno.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Test
    void takes_an_empty_value_for_absent() {
        Settings settings = settings("A", "  ");
        assertThat(settings.text("A")).isEmpty();
        assertThat(settings.integer("A", 7, 1, 10)).isEqualTo(7);
        assertThat(settings.duration("A", Duration.ofSeconds(3), Duration.ZERO, Duration.ofDays(1)))
                .hasSeconds(3);
        assertThat(settings.path("A", Path.of("x"))).isEqualTo(Path.of("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${nothing}", "team-${nothing}", " ${nothing} ", "${known}${nothing}"})
    void refuses_the_name_of_something_that_is_not_configured(String written) {
        assertThatThrownBy(() -> absent(written).integer("A", 7, 1, 10))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("A=" + written, "nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${nothing:}", "${known}", "\\${nothing}", "", "$", "${}"})
    void takes_other_values_that_come_to_nothing_for_absent(String written) {
        assertThat(absent(written).text("A")).isEmpty();
    }

    @Test
    void takes_a_secret_as_it_is_written() {
        assertThat(absent("${nothing}").secret("A")).contains("${nothing}");
    }

    /** What MicroProfile Config makes of a value that names something that is not there. */
    private static Settings absent(String written) {
        return new Settings(
                key -> key.equals("known") ? Optional.of("") : Optional.empty(),
                key -> key.equals("A") ? Optional.of(written) : Optional.empty());
    }

    @Test
    void reads_values() {
        assertThat(settings("A", " 9 ").integer("A", 7, 1, 10)).isEqualTo(9);
        assertThat(settings("A", "pt5s").duration("A", Duration.ZERO, Duration.ZERO, Duration.ofDays(1)))
                .hasSeconds(5);
        assertThat(settings("A", "Sphinx").choice("A", "auto", "auto", "sphinx"))
                .isEqualTo("sphinx");
        assertThat(settings("A", "TXT, json,,txt").words("A", "")).containsExactly("txt", "json");
        assertThat(settings("A", "TRUE").flag("A", false)).isTrue();
    }

    @Test
    void names_key_value_and_what_is_allowed_when_a_value_makes_no_sense() {
        assertThatThrownBy(() -> settings("LIMIT", "many").integer("LIMIT", 7, 1, 10))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("LIMIT", "many", "1 to 10");
        assertThatThrownBy(() -> settings("LIMIT", "11").integer("LIMIT", 7, 1, 10))
                .hasMessageContainingAll("LIMIT", "11", "1 to 10");
        assertThatThrownBy(
                        () -> settings("WAIT", "30").duration("WAIT", Duration.ZERO, Duration.ZERO, Duration.ofDays(1)))
                .hasMessageContainingAll("WAIT", "30", "ISO-8601");
        assertThatThrownBy(() ->
                        settings("WAIT", "PT48H").duration("WAIT", Duration.ZERO, Duration.ZERO, Duration.ofDays(1)))
                .hasMessageContainingAll("WAIT", "PT48H", "PT24H");
        assertThatThrownBy(() -> settings("ENGINE", "vosk").choice("ENGINE", "auto", "auto", "sphinx"))
                .hasMessageContainingAll("ENGINE", "vosk", "auto, sphinx");
        assertThatThrownBy(() -> settings("DIR", "a\0b").path("DIR", Path.of("x")))
                .hasMessageContaining("DIR");
        assertThatThrownBy(() -> settings("FLAG", "yes").flag("FLAG", false)).hasMessageContaining("true, false");
    }

    private static Settings settings(String key, String value) {
        return new Settings(wanted -> Optional.ofNullable(Map.of(key, value).get(wanted)));
    }

    @Test
    void takes_secrets_as_they_are_written() {
        Settings settings = new Settings(key -> Optional.of("expanded"), key -> Optional.of(" Pa$$w0rd${HOME}\\x, b "));
        assertThat(settings.secret("KEY")).contains("Pa$$w0rd${HOME}\\x, b");
        assertThat(settings.secrets("KEY")).containsExactly("Pa$$w0rd${HOME}\\x", "b");
        assertThat(settings.text("KEY")).contains("expanded");
        assertThat(new Settings(key -> Optional.of(" ")).secret("KEY")).isEmpty();
    }
}
