package dev.steno.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignInLimitTest {
    private long now = 5;
    private final SignInLimit limit = new SignInLimit(() -> now);

    @Test
    void lets_a_caller_err_ten_times_and_then_once_in_six_seconds() {
        for (int i = 0; i < SignInLimit.FAILURES; i++) {
            assertThat(limit.mustWait("203.0.113.7")).isFalse();
            limit.failed("203.0.113.7");
            now += Duration.ofMillis(30).toNanos();
        }
        assertThat(limit.mustWait("203.0.113.7")).isTrue();
        assertThat(limit.mustWait("203.0.113.8")).isFalse();
        now += Duration.ofSeconds(6).toNanos();
        assertThat(limit.mustWait("203.0.113.7")).isFalse();
        limit.failed("203.0.113.7");
        assertThat(limit.mustWait("203.0.113.7")).isTrue();
    }

    @Test
    void counts_those_together_for_whom_there_is_no_room() {
        for (int i = 0; i < 10_100; i++) {
            limit.failed("2001:db8::" + i);
        }
        assertThat(limit.mustWait("2001:db8::10050")).isTrue();
        assertThat(limit.mustWait("2001:db8::5")).isFalse();
        now += Duration.ofMinutes(11).toNanos();
        limit.failed("203.0.113.7");
        assertThat(limit.mustWait("2001:db8::10050")).isFalse();
    }
}
