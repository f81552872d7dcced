package dev.steno.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
    private final List<String> lines = new ArrayList<>();
    private long now = 5;
    private final RefusalLog log = new RefusalLog(
            "handshake", () -> now, (pattern, values) -> lines.add(MessageFormat.format(pattern, values)));

    @Test
    void tells_of_each_of_a_few() {
        refuse("203.0.113.7", 2);
        refuse("203.0.113.8", 1);
        log.summarize();
        assertThat(lines)
                .containsExactly(
                        "Refused a handshake from 203.0.113.7: why 0",
                        "Refused a handshake from 203.0.113.7: why 1",
                        "Refused a handshake from 203.0.113.8: why 0");
    }

    @Test
    void counts_what_one_address_tries_too_often_and_still_tells_of_others() {
        refuse("203.0.113.7", 5_000);
        refuse("203.0.113.8", 1);
        assertThat(lines)
                .hasSize(RefusalLog.LINES_OF_ONE + 1)
                .last()
                .isEqualTo("Refused a handshake from 203.0.113.8: why 0");
        pass(Duration.ofSeconds(60));
        refuse("203.0.113.9", 1);
        assertThat(lines)
                .hasSize(RefusalLog.LINES_OF_ONE + 3)
                .endsWith(
                        "Refused 4990 more handshakes within a minute; most refusals, 5000, were of 203.0.113.7.",
                        "Refused a handshake from 203.0.113.9: why 0");
    }

    @Test
    void writes_no_more_than_so_much_a_minute_whoever_comes() {
        for (int i = 0; i < 10_000; i++) {
            refuse("2001:db8::" + i, 1);
        }
        assertThat(lines).hasSize(RefusalLog.LINES);
        pass(Duration.ofSeconds(59));
        refuse("203.0.113.7", 1);
        assertThat(lines).hasSize(RefusalLog.LINES);
        log.summarize();
        assertThat(lines)
                .hasSize(RefusalLog.LINES + 1)
                .last()
                .asString()
                .startsWith("Refused 9901 more handshakes within a minute; most refusals, 1, were of 2001:db8::");
    }

    @Test
    void begins_anew_each_minute() {
        refuse("203.0.113.7", RefusalLog.LINES_OF_ONE);
        pass(Duration.ofSeconds(60));
        refuse("203.0.113.7", 1);
        assertThat(lines).hasSize(RefusalLog.LINES_OF_ONE + 1);
        log.summarize();
        log.summarize();
        assertThat(lines).hasSize(RefusalLog.LINES_OF_ONE + 1);
    }

    @Test
    void keeps_to_its_line() {
        log.refused("x", "x", "a\r\nb\u001b[2J");
        assertThat(lines).containsExactly("Refused a handshake from x: a??b?[2J");
    }

    private void refuse(String address, int times) {
        for (int i = 0; i < times; i++) {
            log.refused(address, address, "why " + i);
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
