package dev.steno.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.Wait;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeferredSendingTest {
    private final byte[] content = new byte[100_000];
    private final Connection connection = new Connection();
    private final List<Thread> completedBy = new CopyOnWriteArrayList<>();
    private final AtomicInteger gone = new AtomicInteger();
    private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
    private final Completions.Completion end = new Completions(threads).of(context());
    private final DeferredSending sending =
            new DeferredSending(connection, content, end, fault -> gone.incrementAndGet());

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void writes_only_while_there_is_room_and_completes_after_the_last_byte() throws IOException {
        new Random(1).nextBytes(content);
        while (completedBy.isEmpty()) {
            connection.room = 2;
            sending.onWritePossible();
        }
        assertThat(connection.written.toByteArray()).isEqualTo(content);
        assertThat(connection.flushes).isEqualTo(1);
        assertThat(completedBy).containsExactly(Thread.currentThread());
    }

    @Test
    void completes_once_when_the_client_is_gone() throws IOException {
        connection.room = 1;
        sending.onWritePossible();
        assertThat(completedBy).isEmpty();
        sending.onError(new IOException("reset"));
        sending.onError(new IOException("reset"));
        sending.onTimeout(null);
        assertThat(completedBy).hasSize(1);
        assertThat(gone).hasValue(2);
    }

    /** The server may still use the request on the thread that began it. */
    @Test
    void completes_later_what_ends_on_another_thread() throws Exception {
        long start = System.nanoTime();
        Thread other = new Thread(() -> sending.onError(new IOException("reset")));
        other.start();
        other.join();
        Wait.until(Duration.ofSeconds(10), () -> "completed by " + completedBy, () -> !completedBy.isEmpty());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(400));
        assertThat(completedBy).doesNotContain(other);
    }

    @Test
    void leaves_alone_what_the_server_has_completed() {
        end.over();
        sending.onError(new IOException("reset"));
        assertThat(completedBy).isEmpty();
    }

    private AsyncContext context() {
        return (AsyncContext) Proxy.newProxyInstance(
                AsyncContext.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> completedBy.add(Thread.currentThread()) ? null : proxy);
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
