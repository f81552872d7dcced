package dev.steno.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.Settings;
import dev.steno.testing.FakeRecognizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecognizerSelectorTest {
    private final SpeechRecognizer sphinx = new FakeRecognizer();

    @Test
    void takes_sphinx_when_nothing_is_configured() {
        assertThat(select(Map.of())).isSameAs(sphinx);
        assertThat(select(Map.of("S3_BUCKET", "", "TRANSCRIPTION_ENGINE", "auto")))
                .isSameAs(sphinx);
        assertThat(select(Map.of("S3_BUCKET", "b", "TRANSCRIPTION_ENGINE", "SPHINX")))
                .isSameAs(sphinx);
    }

    @Test
    void refuses_an_engine_that_this_war_lacks() {
        assertThatThrownBy(() -> select(Map.of("TRANSCRIPTION_ENGINE", "amazon-transcribe")))
                .hasMessageContainingAll("TRANSCRIPTION_ENGINE=amazon-transcribe", "sphinx, which is all");
        assertThatThrownBy(() -> select(Map.of("TRANSCRIPTION_ENGINE", "whisper")))
                .hasMessageContainingAll("whisper", "auto, amazon-transcribe, sphinx");
    }

    private SpeechRecognizer select(Map<String, String> values) {
        return new RecognizerSelector(new Settings(key -> Optional.ofNullable(values.get(key))), List.of(sphinx))
                .selected();
    }
}
