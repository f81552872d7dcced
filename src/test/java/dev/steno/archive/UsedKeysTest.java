package dev.steno.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UsedKeysTest {
    private final UsedKeys used = new UsedKeys();

    @Test
    void gives_each_recording_of_a_second_a_number_of_its_own() {
        assertThat(used.next(new TranscriptKey("a", 1)).stem()).isEqualTo("a");
        assertThat(used.next(new TranscriptKey("a", 1)).stem()).isEqualTo("a_2");
        assertThat(used.next(new TranscriptKey("b", 1)).stem()).isEqualTo("b");
        assertThat(used.next(new TranscriptKey("a", 7)).stem()).isEqualTo("a_7");
        assertThat(used.next(new TranscriptKey("a", 2)).stem()).isEqualTo("a_8");
    }

    @Test
    void gives_no_number_twice_to_threads() {
        Set<String> stems = new HashSet<>(IntStream.range(0, 10_000)
                .parallel()
                .mapToObj(i -> used.next(new TranscriptKey("a", 1)).stem())
                .toList());
        assertThat(stems).hasSize(10_000);
    }

    @Test
    void forgets_the_oldest_seconds() {
        used.next(new TranscriptKey("old", 1));
        IntStream.range(0, 1_000).forEach(i -> used.next(new TranscriptKey("second" + i, 1)));
        assertThat(used.next(new TranscriptKey("old", 1)).stem()).isEqualTo("old");
        assertThat(used.next(new TranscriptKey("second999", 1)).stem()).isEqualTo("second999_2");
    }
}
