package dev.steno.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServerStartTest {
    @Test
    void others_wait_until_the_server_has_let_go_and_the_thread_that_starts_does_not() throws Exception {
        Object lock = new Object();
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Void> other;
        synchronized (lock) {
            ServerStart.waitFor(lock);
            ServerStart.await();
            other = CompletableFuture.runAsync(() -> {
                asked.countDown();
                ServerStart.await();
            });
            asked.await();
            assertThat(other).isNotCompleted();
        }
        other.get(10, TimeUnit.SECONDS);
        ServerStart.await();
    }
}
