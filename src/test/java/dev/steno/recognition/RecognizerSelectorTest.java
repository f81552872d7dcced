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
    void takes_a_list_in_order_of_preference() {
        FakeRecognizer amazon = new FakeRecognizer();
        amazon.engine = "amazon-transcribe";
        RecognizerSelector selector = new RecognizerSelector(
                settings(Map.of("TRANSCRIPTION_ENGINE", "amazon-transcribe, Sphinx")), List.of(sphinx, amazon));
        assertThat(selector.engines().all()).containsExactly(amazon, sphinx);
        assertThat(selector.selected()).isSameAs(amazon);
    }

    @Test
    void refuses_a_list_that_makes_no_sense() {
        for (String list : List.of("sphinx,sphinx", "auto,sphinx", "sphinx,", ",")) {
            assertThatThrownBy(() -> select(Map.of("TRANSCRIPTION_ENGINE", list)))
                    .hasMessageContainingAll("TRANSCRIPTION_ENGINE=" + list, "order of preference");
        }
        assertThatThrownBy(() -> select(Map.of("TRANSCRIPTION_ENGINE", "sphinx,amazon-transcribe")))
                .hasMessageContaining("sphinx, which is all");
        assertThatThrownBy(() -> select(Map.of("ENGINE_RETRY", "0"))).hasMessageContaining("ENGINE_RETRY");
    }

    @Test
    void refuses_an_engine_that_this_war_lacks() {
        assertThatThrownBy(() -> select(Map.of("TRANSCRIPTION_ENGINE", "amazon-transcribe")))
                .hasMessageContainingAll("TRANSCRIPTION_ENGINE=amazon-transcribe", "sphinx, which is all");
        assertThatThrownBy(() -> select(Map.of("TRANSCRIPTION_ENGINE", "whisper")))
                .hasMessageContainingAll("whisper", "auto, amazon-transcribe, sphinx");
    }

    private SpeechRecognizer select(Map<String, String> values) {
        return new RecognizerSelector(settings(values), List.of(sphinx)).selected();
    }

    private static Settings settings(Map<String, String> values) {
        return new Settings(key -> Optional.ofNullable(values.get(key)));
    }
}
