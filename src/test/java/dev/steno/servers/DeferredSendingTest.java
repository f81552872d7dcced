package dev.steno.servers;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeferredSendingTest {
    private final byte[] content = new byte[100_000];
    private final Connection connection = new Connection();
    private final AtomicInteger completed = new AtomicInteger();
    private final AtomicInteger gone = new AtomicInteger();
    private final DeferredSending sending =
            new DeferredSending(connection, content, completed::incrementAndGet, fault -> gone.incrementAndGet());

    @Test
    void writes_only_while_there_is_room_and_completes_after_the_last_byte() throws IOException {
        new Random(1).nextBytes(content);
        while (completed.get() == 0) {
            connection.room = 2;
            sending.onWritePossible();
        }
        assertThat(connection.written.toByteArray()).isEqualTo(content);
        assertThat(connection.flushes).isEqualTo(1);
        assertThat(completed).hasValue(1);
    }

    @Test
    void completes_when_the_client_is_gone() throws IOException {
        connection.room = 1;
        sending.onWritePossible();
        assertThat(completed).hasValue(0);
        sending.onError(new IOException("reset"));
        assertThat(completed).hasValue(1);
        assertThat(gone).hasValue(1);
    }

    /** Takes so many writes; one more would wait for the client. */
    private static final class Connection extends ServletOutputStream {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private int room;
        private int flushes;

        @Override
        public boolean isReady() {
            return room > 0;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            assertThat(room--).isPositive();
            written.write(bytes, from, length);
        }

        @Override
        public void write(int octet) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void flush() {
            flushes++;
        }
    }
}
