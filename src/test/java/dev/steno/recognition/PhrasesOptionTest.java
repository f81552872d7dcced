package dev.steno.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhrasesOptionTest {
    @Test
    void is_a_list_of_at_most_a_hundred() throws RefusedOptionsException {
        assertThat(PhrasesOption.parse("Helgevold, Devinco,")).containsExactly("Helgevold", "Devinco");
        assertThat(PhrasesOption.parse("")).isEmpty();
        assertThat(PhrasesOption.parse("a,".repeat(100))).hasSize(100);
        assertThatThrownBy(() -> PhrasesOption.parse("a,".repeat(101))).hasMessageContaining("at most 100");
        assertThatThrownBy(() -> PhrasesOption.parse("a".repeat(201))).hasMessageContaining("200 characters");
    }

    @Test
    void is_refused_with_a_reason_where_nobody_would_heed_it() throws RefusedOptionsException {
        assertThatThrownBy(() -> PhrasesOption.refuse("Devinco", "cannot be used here"))
                .isInstanceOf(RefusedOptionsException.class)
                .hasMessage("phrases cannot be used here.");
        PhrasesOption.refuse("", "cannot be used here");
    }

    @Test
    void takes_of_other_protocols_what_it_can() {
        assertThat(PhrasesOption.ofHints(List.of("Helgevold", "a, b", "[unk]", " ", "x".repeat(300))))
                .isEqualTo("Helgevold,a  b");
        assertThat(PhrasesOption.ofHints(Collections.nCopies(150, "a")).split(",", -1))
                .hasSize(100);
    }
}
