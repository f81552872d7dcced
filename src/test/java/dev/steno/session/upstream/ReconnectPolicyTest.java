package dev.steno.session.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.RecognitionFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {
    private static final RecognitionFailure BROKEN =
            new RecognitionFailure(RecognitionFailure.Kind.FAILED, true, "It broke.", "Try again.");

    private static final RecognitionFailure REFUSED =
            new RecognitionFailure(RecognitionFailure.Kind.UNAVAILABLE, false, "No access.", "Look at the role.");

    private static final Duration SHORT = Duration.ofSeconds(1);

    private final ReconnectPolicy policy = new ReconnectPolicy(new Backoff(5));

    @Test
    void gives_up_soon_while_nothing_ever_worked() {
        assertThat(tries(SHORT)).isEqualTo(2);
    }

    @Test
    void tries_as_often_as_allowed_once_it_worked() {
        policy.onResult();
        assertThat(policy.worked()).isTrue();
        assertThat(tries(SHORT)).isEqualTo(5);
    }

    @Test
    void begins_anew_after_a_healthy_stream() {
        policy.onResult();
        tries(SHORT);
        assertThat(policy.onBroken(BROKEN, Duration.ofSeconds(10))).isPresent();
        assertThat(tries(SHORT)).isEqualTo(4);
    }

    @Test
    void takes_a_stream_that_lived_for_one_that_worked() {
        assertThat(policy.onBroken(BROKEN, Duration.ofSeconds(10))).isPresent();
        assertThat(policy.worked()).isTrue();
    }

    @Test
    void does_not_try_what_cannot_help() {
        policy.onResult();
        assertThat(policy.onBroken(REFUSED, Duration.ofMinutes(1))).isEmpty();
    }

    private int tries(Duration age) {
        int tries = 0;
        while (policy.onBroken(BROKEN, age).isPresent()) {
            tries++;
        }
        return tries;
    }
}
