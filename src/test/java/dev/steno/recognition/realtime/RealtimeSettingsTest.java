package dev.steno.recognition.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.configuration.InvalidSettingException;
import dev.steno.configuration.Settings;
import dev.steno.recognition.RecognitionRequest;
import dev.steno.recognition.RefusedOptionsException;
import dev.steno.recognition.SpeechRecognizer;
import dev.steno.recognition.amazon.AmazonLanguages;
import dev.steno.transcript.SessionId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealtimeSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "openai, ws://host:8000, ws://host:8000/v1/realtime?intent=transcription",
        "openai, https://api.openai.com/v1/, wss://api.openai.com/v1/realtime?intent=transcription",
        "openai, wss://h/steno/v1/realtime?language=en, wss://h/steno/v1/realtime?language=en&intent=transcription",
        "openai, ws://h/r?intent=transcription, ws://h/r?intent=transcription",
        "vllm, http://gpu:8000, ws://gpu:8000/v1/realtime",
        "nemo, ws://nemo:8080/v1/realtime?api_key=k, ws://nemo:8080/v1/realtime?api_key=k",
    })
    void finds_the_protocol_at_an_address(String dialect, String value, String address) {
        RealtimeSettings settings = settings(Map.of("REALTIME_DIALECT", dialect, "REALTIME_URL", value));
        assertThat(settings.address().orElseThrow()).hasToString(address);
    }

    @Test
    void refuses_what_makes_no_sense_without_showing_the_key() {
        assertThatThrownBy(() -> settings(Map.of("REALTIME_DIALECT", "klingon")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("REALTIME_DIALECT=klingon", "openai, vllm, nemo");
        assertThatThrownBy(() -> settings(Map.of("REALTIME_URL", "host:8000")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("REALTIME_URL=host:8000");
        assertThatThrownBy(() -> settings(Map.of("REALTIME_API_KEY", "a secret")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("REALTIME_API_KEY=")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> TestRealtime.recognizer(Map.of(), Runnable::run))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("REALTIME_URL=", "TRANSCRIPTION_ENGINE=realtime");
    }

    @Test
    void hands_phrases_on_where_the_dialect_takes_them() throws Exception {
        SpeechRecognizer openAi = TestRealtime.recognizer(Map.of("REALTIME_URL", "ws://h"), Runnable::run);
        RecognitionRequest request = openAi.prepare(
                SessionId.random(), Map.of("language_code", "de-DE"), Map.of("phrases", "Helgevold, Devinco"));
        assertThat(request.languageCode()).isEqualTo("de-DE");
        assertThat(request.options()).containsEntry("phrases", "Helgevold,Devinco");

        SpeechRecognizer vllm =
                TestRealtime.recognizer(Map.of("REALTIME_URL", "ws://h", "REALTIME_DIALECT", "vllm"), Runnable::run);
        assertThat(vllm.options()).containsExactly("language_code");
        assertThatThrownBy(() -> vllm.prepare(SessionId.random(), Map.of(), Map.of("phrases", "Helgevold")))
                .isInstanceOf(RefusedOptionsException.class)
                .hasMessageContaining("phrases");
        assertThatThrownBy(() -> openAi.prepare(SessionId.random(), Map.of(), Map.of("vocabulary_name", "x")))
                .isInstanceOf(RefusedOptionsException.class)
                .hasMessageContaining("vocabulary_name");
    }

    /** Else a recording in such a language could not go on when Amazon is away. */
    @Test
    void knows_the_languages_of_amazon_that_its_models_know() {
        assertThat(RealtimeLanguages.ALL)
                .containsAll(AmazonLanguages.ALL.stream()
                        .filter(code -> RealtimeLanguages.ALL.contains(code.split("-", -1)[0]))
                        .toList());
    }

    private static RealtimeSettings settings(Map<String, String> values) {
        return new RealtimeSettings(new Settings(key -> Optional.ofNullable(values.get(key))));
    }
}
