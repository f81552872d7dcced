package dev.steno.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.lang.reflect.Proxy;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ContainerThreadsTest {
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void runs_work_on_the_containers_threads_under_its_own_name() throws Exception {
        ContainerThreads threads = threads(Thread::new);
        ExecutorService pool = threads.pool("journal", 2);
        assertThat(pool.submit(() -> Thread.currentThread().getName()).get(10, TimeUnit.SECONDS))
                .startsWith("steno-journal-");
        threads.close();
        threads.close();
        assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void outlives_a_thread_that_the_server_could_not_set_up() throws Exception {
        ContainerThreads threads = threads(task -> new Thread(() -> {
            if (made.incrementAndGet() <= 2) {
                throw new IllegalStateException("deploying");
            }
            task.run();
        }));
        ScheduledExecutorService timer = threads.timer("time", 1);
        assertThat(timer.schedule(() -> "done", 1, TimeUnit.MILLISECONDS).get(10, TimeUnit.SECONDS))
                .isEqualTo("done");
        assertThat(made).hasValue(3);
        threads.close();
    }

    @Test
    void refuses_work_when_the_server_gives_no_more_threads() {
        ContainerThreads threads = threads(task -> {
            throw new IllegalStateException("shut down");
        });
        assertThatThrownBy(() -> threads.pool("archive", 1).execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    private static ContainerThreads threads(ThreadFactory factory) {
        return new ContainerThreads((ManagedThreadFactory) Proxy.newProxyInstance(
                ContainerThreadsTest.class.getClassLoader(),
                new Class<?>[] {ManagedThreadFactory.class},
                (proxy, method, args) -> factory.newThread((Runnable) args[0])));
    }
}
