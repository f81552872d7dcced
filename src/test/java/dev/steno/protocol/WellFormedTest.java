package dev.steno.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WellFormedTest {
    @Test
    void leaves_whole_characters_alone() {
        String text = "naïve 日本 \uD83D\uDE00";
        assertThat(WellFormed.text(text)).isSameAs(text);
    }

    @Test
    void costs_one_character_for_half_of_one() {
        assertThat(WellFormed.text("a\uD83Db")).isEqualTo("a\uFFFDb");
        assertThat(WellFormed.text("\uDE00\uD83D")).isEqualTo("\uFFFD\uFFFD");
        assertThat(WellFormed.text("\uD83D\uDE00\uD83D")).isEqualTo("\uD83D\uDE00\uFFFD");
    }
}
