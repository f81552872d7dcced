package dev.steno.session.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.EngineOrder;
import dev.steno.recognition.Engines;
import dev.steno.recognition.RefusedOptionsException;
import dev.steno.testing.FakeRecognizer;
import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two engines: {@code recognizer} is preferred, {@code second} goes on when it cannot. */
class UpstreamFailoverTest extends UpstreamFixture {
    private FakeRecognizer second;

    @Override
    EngineOrder engines() {
        second = new FakeRecognizer(); // called by the constructor of the fixture
        recognizer.engine = "first";
        second.engine = "second";
        try {
            return new Engines(List.of(recognizer, second), Duration.ofMinutes(1))
                    .prepare(SessionId.random(), Map.of(), Map.of());
        } catch (RefusedOptionsException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void uses_the_next_engine_at_once_when_the_first_cannot_be_opened() {
        recognizer.refusal = FATAL;
        upstream.append(LOUD_SECOND);
        assertThat(second.stream().received()).isEqualTo(LOUD_SECOND);
        second.stream().settled("hello", 0, 1);
        assertThat(heard).containsExactly("STREAMING", "final hello 0.0-1.0");
        assertThat(upstream.engine()).isEqualTo("second");
    }

    @Test
    void goes_on_from_the_last_final_when_the_tries_are_used_up() {
        breakFirst();
        assertThat(recognizer.streams).hasSize(6);
        assertThat(second.stream().received()).hasSize(16_000);
        second.stream().settled("two", 0, 0.5);
        assertThat(heard).startsWith("STREAMING", "final one 0.0-0.5").endsWith("STREAMING", "final two 0.5-1.0");
        assertThat(heard).doesNotContain("failed It broke.");
        assertThat(upstream.engine()).isEqualTo("second");
    }

    @Test
    void leaves_an_engine_at_once_that_no_try_can_help() {
        upstream.append(LOUD_SECOND);
        recognizer.stream().listener.onFailed(FATAL);
        assertThat(second.stream().received()).isEqualTo(LOUD_SECOND);
    }

    @Test
    void returns_to_a_better_engine_at_a_pause_in_speech_without_losing_or_doubling_audio() {
        breakFirst();
        second.stream().partial("two", 0, 0.4);
        later(Duration.ofSeconds(61));
        assertThat(second.stream().finished).isFalse();
        second.stream().settled("two.", 0, 0.5);
        later(Duration.ofMillis(400));
        assertThat(second.stream().finished).isFalse();
        later(Duration.ofMillis(100));
        assertThat(second.stream().finished).isTrue();
        upstream.append(LOUD_SECOND);
        int before = recognizer.streams.size();
        second.stream().listener.onCompleted();
        assertThat(recognizer.streams).hasSize(before + 1);
        assertThat(recognizer.stream().received()).isEqualTo(LOUD_SECOND);
        recognizer.stream().settled("three", 0, 1);
        assertThat(upstream.engine()).isEqualTo("first");
        assertThat(heard).endsWith("final two. 0.5-1.0", "settled", "STREAMING", "final three 1.0-2.0");
        assertThat(reasons).isEmpty();
    }

    @Test
    void waits_ten_seconds_for_a_pause_in_speech_and_no_longer() {
        breakFirst();
        second.stream().partial("on and on", 0, 0.5);
        later(Duration.ofSeconds(61));
        later(Duration.ofMillis(500));
        second.stream().partial("on and on and on", 0, 0.5);
        later(Duration.ofMillis(9_400));
        assertThat(second.stream().finished).isFalse();
        later(Duration.ofMillis(600));
        assertThat(second.stream().finished).isTrue();
    }

    @Test
    void goes_back_after_one_failed_try_and_tries_again_a_minute_later() {
        breakFirst();
        second.stream().settled("two", 0, 0.5);
        later(Duration.ofSeconds(61));
        upstream.append(LOUD_SECOND);
        second.stream().listener.onCompleted();
        recognizer.stream().listener.onFailed(BREAK);
        assertThat(second.stream().received()).isEqualTo(LOUD_SECOND);
        assertThat(upstream.engine()).isEqualTo("second");
        second.stream().settled("three", 0, 1);
        later(Duration.ofSeconds(59));
        assertThat(second.stream().finished).isFalse();
        later(Duration.ofSeconds(1));
        assertThat(second.stream().finished).isTrue();
    }

    @Test
    void fails_when_no_engine_is_left() {
        upstream.append(LOUD_SECOND);
        recognizer.stream().listener.onFailed(FATAL);
        second.stream().listener.onFailed(FATAL);
        assertThat(heard).containsExactly("STREAMING", "STREAMING", "failed It is dead.");
    }

    /** The first engine says one word and breaks until the second one takes over. */
    private void breakFirst() {
        upstream.append(LOUD_SECOND);
        recognizer.stream().settled("one", 0, 0.5);
        for (int i = 0; i < 6; i++) {
            recognizer.stream().listener.onFailed(BREAK);
            later(Duration.ofSeconds(9));
        }
        assertThat(second.streams).hasSize(1);
    }

    private void later(Duration duration) {
        time.advance(duration);
        upstream.tick();
    }
}
