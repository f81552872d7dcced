package dev.steno.session.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.recognition.Engines;
import dev.steno.testing.FakeRecognizer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordingLimitsTest {
    private static final Settings MINUTE =
            new Settings(key -> Optional.of("PT1M").filter(value -> key.equals("SESSION_IDLE_PAUSE")));

    private final FakeRecognizer patient = new FakeRecognizer();
    private final FakeRecognizer impatient = new FakeRecognizer();

    @Test
    void an_idle_stream_may_stay_open_as_long_as_the_engine_allows() {
        assertThatCode(() -> RecordingLimits.check(MINUTE, Engines.of(patient))).doesNotThrowAnyException();
        assertThat(RecordingLimits.from(MINUTE).idlePause()).hasMinutes(1);
    }

    @Test
    void no_stream_stays_open_until_its_service_ends_it() {
        impatient.longestSilence = Duration.ofSeconds(14);
        Engines engines = new Engines(List.of(patient, impatient), Duration.ZERO);
        assertThatThrownBy(() -> RecordingLimits.check(MINUTE, engines))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("SESSION_IDLE_PAUSE", "PT1M", "PT14S");
    }
}
