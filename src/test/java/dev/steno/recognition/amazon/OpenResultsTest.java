package dev.steno.recognition.amazon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.RecognitionResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenResultsTest {
    private final OpenResults open = new OpenResults();

    @Test
    void replaces_a_result_by_its_id_and_forgets_it_when_it_is_final() {
        update("a", "hel", 0.1, 0.5);
        update("a", "hello", 0.1, 0.9);
        assertThat(shown()).isEqualTo("hello 0.1-0.9");
        open.close("a", Optional.of(result("Hello.", 0.1, 1)));
        assertThat(open.isEmpty()).isTrue();
        assertThat(open.combined()).isEmpty();
    }

    @Test
    void keeps_another_result_that_is_still_open() {
        update("a", "alpha one", 0.1, 1);
        update("b", "bravo two", 1.2, 2);
        assertThat(shown()).isEqualTo("alpha one bravo two 0.1-2.0");
        open.close("a", Optional.of(result("Alpha one.", 0.1, 1)));
        assertThat(shown()).isEqualTo("bravo two 1.2-2.0");
    }

    @Test
    void takes_back_what_an_empty_result_has_nothing_of() {
        update("a", "um", 0.1, 0.5);
        open.update("a", Optional.empty());
        assertThat(open.isEmpty()).isTrue();
        update("b", "um", 0.1, 0.5);
        open.close("b", Optional.empty());
        assertThat(open.isEmpty()).isTrue();
    }

    @Test
    void is_not_misled_by_a_service_that_gives_the_same_result_another_id() {
        update("a", "one two", 0.1, 2);
        update("b", "one", 0.1, 1.5);
        assertThat(shown()).isEqualTo("one 0.1-1.5");
        open.close("c", Optional.of(result("One two.", 0.0, 2)));
        assertThat(open.isEmpty()).isTrue();
    }

    private void update(String id, String text, double start, double end) {
        open.update(id, Optional.of(result(text, start, end)));
    }

    private String shown() {
        RecognitionResult shown = open.combined().orElseThrow();
        return shown.text() + " " + shown.start() + "-" + shown.end();
    }

    private static RecognitionResult result(String text, double start, double end) {
        return new RecognitionResult(text, start, end, List.of());
    }
}
