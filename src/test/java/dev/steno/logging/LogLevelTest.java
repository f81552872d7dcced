package dev.steno.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class LogLevelTest {
    @Test
    void knows_the_usual_names_of_levels() {
        assertThat(LogLevel.parse(settings("debug"))).isEqualTo(Level.FINE);
        assertThat(LogLevel.parse(settings("ERROR"))).isEqualTo(Level.SEVERE);
        assertThat(LogLevel.parse(settings("FINEST"))).isEqualTo(Level.FINEST);
        assertThat(LogLevel.parse(settings(""))).isEqualTo(Level.INFO);
        assertThatThrownBy(() -> LogLevel.parse(settings("loud")))
                .hasMessageContainingAll("LOG_LEVEL", "loud", "DEBUG");
    }

    @Test
    void calls_them_as_they_are_configured() {
        assertThat(LogLevel.name(Level.SEVERE)).isEqualTo("ERROR");
        assertThat(LogLevel.name(Level.FINE)).isEqualTo("DEBUG");
        assertThat(LogLevel.name(Level.INFO)).isEqualTo("INFO");
    }

    private static Settings settings(String level) {
        return new Settings(
                key -> Optional.ofNullable(Map.of("LOG_LEVEL", level).get(key)));
    }
}
