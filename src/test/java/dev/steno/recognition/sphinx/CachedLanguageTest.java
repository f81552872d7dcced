package dev.steno.recognition.sphinx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CachedLanguageTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final LanguageScores cached = new CachedLanguage((before, last, word) -> {
        asked.incrementAndGet();
        return -(before * 10_007 + last * 101 + word);
    });

    @Test
    void asks_once() {
        float first = cached.score(3, 2, 1);

        assertThat(cached.score(3, 2, 1)).isEqualTo(first);
        assertThat(asked).hasValue(1);
    }

    @Test
    void tells_all_words_apart_also_when_it_forgets() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 200_000; i++) {
                int before = i % 60 - 1;
                int last = i / 60 % 60 - 1;
                int word = i / 3600;
                assertThat(cached.score(before, last, word)).isEqualTo(-(before * 10_007 + last * 101 + word));
            }
        }
    }
}
