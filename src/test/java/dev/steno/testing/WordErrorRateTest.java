package dev.steno.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordErrorRateTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', 0, 0",
        "'', one two, 2, 0",
        "one two, '', 2, 2",
        "one two three, one two three, 0, 3",
        "'One, two!', one two, 0, 2",
        "real time, real-time, 0, 2",
        "Mister Smith, Mr. Smith, 0, 2",
        "one two three, one three, 1, 3",
        "one two three, one two and three, 1, 3",
        "one two three, one too tree, 2, 3",
    })
    void counts_the_fewest_changes(String spoken, String recognised, int errors, int words) {
        assertThat(WordErrorRate.of(spoken, recognised)).isEqualTo(new WordErrorRate(errors, words));
    }
}
