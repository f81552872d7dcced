package dev.steno.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class GrizzlyRefusalsTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final GrizzlyRefusals refusals = new GrizzlyRefusals(now::get);

    @Test
    void says_once_a_minute_how_many_were_refused() {
        assertThat(said(refused()))
                .startsWith("Connections closed because no thread was free for them: 1.")
                .endsWith("doSelect exception");
        for (int i = 0; i < 5_000; i++) {
            assertThat(refusals.isLoggable(refused())).isFalse();
        }
        now.addAndGet(60_000_000_000L);
        assertThat(said(refused())).contains(": 5001. ");
    }

    @Test
    void leaves_everything_else_as_it_is() {
        LogRecord other = new LogRecord(Level.SEVERE, "doSelect exception");
        other.setThrown(new IllegalStateException("for the test"));
        assertThat(said(other)).isEqualTo("doSelect exception");
        assertThat(said(other)).isEqualTo("doSelect exception");
    }

    private String said(LogRecord entry) {
        assertThat(refusals.isLoggable(entry)).isTrue();
        return entry.getMessage();
    }

    private static LogRecord refused() {
        LogRecord entry = new LogRecord(Level.SEVERE, "doSelect exception");
        entry.setThrown(new RejectedExecutionException("The thread pool's task queue is full, limit: 4096"));
        return entry;
    }
}
