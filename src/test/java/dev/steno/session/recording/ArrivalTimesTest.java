package dev.steno.session.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ArrivalTimesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int SECOND_BYTES = 32_000;

    private final ArrivalTimes times = new ArrivalTimes(0);

    @Test
    void knows_when_audio_came_to_a_tenth_of_a_second() {
        for (int chunk = 0; chunk < 50; chunk++) { // 20 ms each, as they are spoken
            times.add(chunk * 640L, 640, chunk * SECOND / 50);
        }
        assertThat(times.age(0.02, SECOND)).isCloseTo(1.0, within(0.1));
        assertThat(times.age(0.5, SECOND)).isCloseTo(0.5, within(0.1));
        assertThat(times.age(1.0, SECOND)).isCloseTo(0.02, within(0.1));
    }

    @Test
    void knows_it_for_all_of_a_large_chunk() {
        times.add(0, 8 * SECOND_BYTES, SECOND);
        times.add(8 * SECOND_BYTES, 2, 3 * SECOND);
        assertThat(times.age(0.1, 4 * SECOND)).isEqualTo(3);
        assertThat(times.age(8.0, 4 * SECOND)).isEqualTo(3);
    }

    @Test
    void takes_what_lies_ahead_of_the_audio_for_its_end() {
        assertThat(times.age(7, 2 * SECOND)).isEqualTo(2);
        times.add(0, SECOND_BYTES, SECOND);
        assertThat(times.age(9, 2 * SECOND)).isEqualTo(1);
        assertThat(times.age(0, 2 * SECOND)).isEqualTo(1);
    }

    @Test
    void forgets_what_is_older_than_a_minute() {
        for (int second = 0; second < 120; second++) {
            times.add((long) second * SECOND_BYTES, SECOND_BYTES, second * SECOND);
        }
        assertThat(times.age(1, 120 * SECOND)).isCloseTo(51, within(1.0));
        assertThat(times.age(119.5, 120 * SECOND)).isEqualTo(1);
    }
}
