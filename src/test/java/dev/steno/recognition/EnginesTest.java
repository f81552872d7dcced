package dev.steno.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steno.testing.FakeRecognizer;
import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnginesTest {
    private final SpeechRecognizer rich = new Rich();
    private final FakeRecognizer plain = new FakeRecognizer();

    /** Knows one option more than its language, and no German. */
    private static final class Rich implements SpeechRecognizer {
        @Override
        public String engine() {
            return "rich";
        }

        @Override
        public Set<String> languages() {
            return Set.of("en-US");
        }

        @Override
        public Set<String> options() {
            return Set.of("language_code", "colour");
        }

        @Override
        public RecognitionRequest prepare(SessionId id, Map<String, String> defaults, Map<String, String> options)
                throws RefusedOptionsException {
            Map<String, String> rest = new HashMap<>(options);
            rest.remove("colour");
            RecognitionRequest request = SpeechRecognizer.super.prepare(id, defaults, rest);
            return new RecognitionRequest(id, request.languageCode(), options);
        }

        @Override
        public int streamLimit() {
            return 1;
        }

        @Override
        public RecognizerStatus status() {
            return new RecognizerStatus(RecognizerStatus.State.UNAVAILABLE, "Look at it.");
        }

        @Override
        public RecognitionStream open(RecognitionRequest request, RecognitionListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void are_used_in_order_and_each_with_a_request_of_its_own() throws RefusedOptionsException {
        EngineOrder order = prepare(List.of(rich, plain), Map.of("colour", "red"));
        assertThat(order.recognizer()).isSameAs(rich);
        assertThat(order.request().options()).containsEntry("colour", "red");
        assertThat(order.fallBack(0)).isTrue();
        assertThat(order.recognizer()).isSameAs(plain);
        assertThat(order.request().options()).isEmpty();
        assertThat(order.fallBack(1)).isFalse();
    }

    @Test
    void come_first_when_they_can_do_all_that_is_asked_for() throws RefusedOptionsException {
        assertThat(prepare(List.of(plain, rich), Map.of("colour", "red")).recognizer())
                .isSameAs(rich);
        assertThat(prepare(List.of(rich, plain), Map.of("language_code", "de-DE"))
                        .recognizer())
                .isSameAs(plain);
    }

    @Test
    void do_not_go_on_in_a_language_that_they_lack() throws RefusedOptionsException {
        EngineOrder order = prepare(List.of(plain, rich), Map.of("language_code", "de-DE"));
        assertThat(order.fallBack(0)).isFalse();
    }

    @Test
    void refuse_together_what_none_of_them_knows() {
        assertThatThrownBy(() -> prepare(List.of(rich, plain), Map.of("language_code", "xx")))
                .isInstanceOf(RefusedOptionsException.class)
                .hasMessageContaining("en-US");
    }

    @Test
    void have_the_options_of_all_and_the_state_of_the_best() {
        Engines engines = new Engines(List.of(rich, plain), Duration.ofMinutes(1));
        assertThat(engines.names()).containsExactly("rich", "sphinx");
        assertThat(engines.options()).contains("colour", "language_code");
        assertThat(engines.status().state()).isEqualTo(RecognizerStatus.State.READY);
        assertThat(Engines.of(rich).status().detail()).isEqualTo("Look at it.");
    }

    private static EngineOrder prepare(List<SpeechRecognizer> order, Map<String, String> options)
            throws RefusedOptionsException {
        return new Engines(order, Duration.ofMinutes(1)).prepare(SessionId.random(), Map.of(), options);
    }
}
