package dev.steno.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

class SettingsFuzzTest {
    private static final Duration DAY = Duration.ofDays(1);

    private static final List<Consumer<Settings>> READERS = List.of(
            settings -> assertThat(settings.integer("KEY", 2, 1, 3)).isBetween(1, 3),
            settings -> assertThat(settings.duration("KEY", DAY, Duration.ZERO, DAY))
                    .isBetween(Duration.ZERO, DAY),
            settings -> assertThat(settings.choice("KEY", "a", "a", "b")).isIn("a", "b"),
            settings -> assertThat(settings.words("KEY", "")).noneMatch(String::isBlank),
            settings -> assertThat(settings.list("KEY")).noneMatch(String::isBlank),
            settings -> settings.path("KEY", Path.of("x")),
            settings -> settings.flag("KEY", true));

    @FuzzTest(maxDuration = "10m")
    void takes_any_value_or_says_what_is_wrong_with_it(byte[] input) {
        String value = new String(input, StandardCharsets.UTF_8);
        Settings settings = new Settings(key -> Optional.of(value));
        for (Consumer<Settings> reader : READERS) {
            try {
                reader.accept(settings);
            } catch (InvalidSettingException e) {
                assertThat(e).hasMessageContainingAll("KEY=" + value.strip(), "Allowed: ");
            }
        }
    }
}
