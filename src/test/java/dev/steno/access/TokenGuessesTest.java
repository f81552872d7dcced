package dev.steno.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenGuessesTest {
    private static final Optional<String> NOBODY = Optional.empty();
    private static final Optional<String> ALICE = Optional.of("alice");
    private static final Optional<String> BOB = Optional.of("bob");

    private long now = 5;
    private final TokenGuesses guesses = new TokenGuesses(() -> now);

    @Test
    void looks_at_thirty_wrong_tokens_and_then_at_one_in_two_seconds() {
        guessUntilLimit("203.0.113.7");
        assertThat(guesses.refusal("203.0.113.7", NOBODY)).isPresent();
        assertThat(guesses.refusal("203.0.113.7", ALICE)).isPresent();
        now += Duration.ofSeconds(2).toNanos();
        assertThat(guesses.refusal("203.0.113.7", NOBODY)).isEmpty();
        assertThat(guesses.refusal("203.0.113.7", ALICE)).isPresent();
        now += Duration.ofSeconds(2).toNanos();
        assertThat(guesses.refusal("203.0.113.7", ALICE)).isEmpty();
    }

    @Test
    void lets_those_in_who_were_there_before_and_all_from_elsewhere() {
        assertThat(guesses.refusal("203.0.113.7", ALICE)).isEmpty();
        guessUntilLimit("203.0.113.7");
        assertThat(guesses.refusal("203.0.113.7", ALICE)).isEmpty();
        assertThat(guesses.refusal("203.0.113.7", BOB)).isPresent();
        assertThat(guesses.refusal("203.0.113.8", BOB)).isEmpty();
    }

    private void guessUntilLimit(String network) {
        for (int i = 0; i < TokenGuesses.FAILURES; i++) {
            assertThat(guesses.refusal(network, NOBODY)).isEmpty();
        }
    }
}
