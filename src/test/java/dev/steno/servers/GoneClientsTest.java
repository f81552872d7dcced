package dev.steno.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GoneClientsTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final GoneClients clients = new GoneClients(now::get);

    @Test
    void logs_a_line_a_minute_however_many_clients_are_gone() {
        assertThat(linesOf(10_000)).isEqualTo(1);
        now.addAndGet(59_999_999_999L);
        assertThat(linesOf(10_000)).isZero();
        now.addAndGet(1);
        assertThat(linesOf(10_000)).isEqualTo(1);
    }

    private long linesOf(int failures) {
        return IntStream.range(0, failures)
                .filter(i -> clients.gone(new IOException("Connection is closed")))
                .count();
    }
}
