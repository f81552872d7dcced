package dev.steno.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class RepeatedFailuresTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final List<RepeatedFailures> kinds = RepeatedFailures.ofServers(now::get);
    private final RepeatedFailures refused = kinds.get(0);

    @Test
    void are_told_once_a_minute_with_their_number() {
        RejectedExecutionException full = new RejectedExecutionException("The thread pool's task queue is full");
        assertThat(said(refused, entry("doSelect exception", full)))
                .isEqualTo("Connections closed because no thread was free for them: 1. The last one:");
        for (int i = 0; i < 5_000; i++) {
            assertThat(refused.isLoggable(entry("doSelect exception", full))).isFalse();
        }
        now.addAndGet(60_000_000_000L);
        assertThat(said(refused, entry("doSelect exception", full))).contains(": 5001. ");
    }

    @Test
    void are_those_of_a_kind_only() {
        Exception other = new IllegalStateException("for the test");
        for (int i = 0; i < 2; i++) {
            assertThat(said(refused, entry("doSelect exception", other))).isEqualTo("doSelect exception");
            assertThat(said(kinds.get(1), entry("GRIZZLY0001", null))).isEqualTo("GRIZZLY0001");
            assertThat(said(kinds.get(2), entry("AS-WEB-CORE-00174", other))).isEqualTo("AS-WEB-CORE-00174");
        }
    }

    @Test
    void are_also_bytes_and_requests_that_the_server_cannot_deal_with() {
        Exception malformed = new IllegalArgumentException("for the test");
        assertThat(said(kinds.get(1), entry("GRIZZLY0013", malformed))).contains("could not read what came: 1.");
        assertThat(kinds.get(1).isLoggable(entry("GRIZZLY0013", malformed))).isFalse();
        assertThat(said(kinds.get(2), entry("AS-WEB-CORE-00037", malformed))).contains("could not process: 1.");
        assertThat(kinds.get(2).isLoggable(entry("AS-WEB-CORE-00037", malformed)))
                .isFalse();
    }

    private static String said(RepeatedFailures kind, LogRecord entry) {
        assertThat(kind.isLoggable(entry)).isTrue();
        return entry.getMessage();
    }

    private static LogRecord entry(String message, Throwable thrown) {
        LogRecord entry = new LogRecord(Level.SEVERE, message);
        entry.setThrown(thrown);
        return entry;
    }
}
