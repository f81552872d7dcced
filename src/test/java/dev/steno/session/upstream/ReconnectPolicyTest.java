package dev.steno.session.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.RecognitionFailure;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {
    private static final RecognitionFailure BROKEN =
            new RecognitionFailure(RecognitionFailure.Kind.FAILED, true, "It broke.", "Try again.");

    private static final RecognitionFailure FULL =
            new RecognitionFailure(RecognitionFailure.Kind.LIMIT_EXCEEDED, true, "No place.", "Try again.");

    private static final RecognitionFailure REFUSED =
            new RecognitionFailure(RecognitionFailure.Kind.UNAVAILABLE, false, "No access.", "Look at the role.");

    private final ReconnectPolicy policy = new ReconnectPolicy(new Backoff(5));

    @Test
    void gives_up_soon_while_nothing_ever_worked() {
        assertThat(tries()).isEqualTo(2);
    }

    @Test
    void tries_as_often_as_allowed_once_it_worked() {
        policy.onProgress();
        assertThat(policy.worked()).isTrue();
        assertThat(tries()).isEqualTo(5);
    }

    @Test
    void begins_anew_after_progress_and_after_nothing_else() {
        policy.onProgress();
        assertThat(tries()).isEqualTo(5);
        assertThat(policy.onBroken(BROKEN)).isEmpty();
        assertThat(policy.failures()).isEqualTo(7);
        policy.onProgress();
        assertThat(policy.failures()).isZero();
        assertThat(tries()).isEqualTo(5);
    }

    @Test
    void does_not_try_what_cannot_help() {
        policy.onProgress();
        assertThat(policy.onBroken(REFUSED)).isEmpty();
    }

    @Test
    void waits_for_the_places_of_a_node_that_died_once_it_worked() {
        assertThat(tries(FULL)).isEqualTo(2);
        policy.onProgress();
        Duration waited = Duration.ZERO;
        Optional<Duration> pause = policy.onBroken(FULL);
        while (pause.isPresent()) {
            waited = waited.plus(pause.get());
            pause = policy.onBroken(FULL);
        }
        assertThat(waited).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    private int tries() {
        return tries(BROKEN);
    }

    private int tries(RecognitionFailure failure) {
        int tries = 0;
        while (policy.onBroken(failure).isPresent()) {
            tries++;
        }
        return tries;
    }
}
