package dev.steno.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ContainerThreadsTest {
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void runs_work_on_the_containers_threads_under_its_own_name() throws Exception {
        ContainerThreads threads = PlainThreads.of(Thread::new);
        ExecutorService pool = threads.pool("journal", 2);
        assertThat(pool.submit(() -> Thread.currentThread().getName()).get(10, TimeUnit.SECONDS))
                .startsWith("steno-journal-");
        threads.close();
        threads.close();
        assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void outlives_a_thread_that_the_server_could_not_set_up() throws Exception {
        ContainerThreads threads = PlainThreads.of(task -> new Thread(() -> {
            if (made.incrementAndGet() <= 3) {
                throw new IllegalStateException("deploying");
            }
            task.run();
        }));
        ScheduledExecutorService timer = threads.timer("time", 1);
        assertThat(timer.schedule(() -> "done", 1, TimeUnit.MILLISECONDS).get(10, TimeUnit.SECONDS))
                .isEqualTo("done");
        assertThat(made).hasValueGreaterThan(3);
        threads.close();
    }

    /** Payara's threads that were asked for by a request to another web module return without a word. */
    @Test
    void misses_threads_that_never_run_and_starts_others_at_deployment() throws Exception {
        AtomicBoolean deployed = new AtomicBoolean();
        ContainerThreads threads = PlainThreads.of(task -> deployed.get() ? new Thread(task) : new Thread(() -> {}));
        ExecutorService pool = threads.pool("transcribe", 2);
        CompletableFuture<?> work = CompletableFuture.runAsync(() -> {}, pool);
        deployed.set(true);
        threads.begin();
        work.get(10, TimeUnit.SECONDS);
        threads.close();
    }

    @Test
    void misses_threads_that_never_run_later() throws Exception {
        ContainerThreads threads =
                PlainThreads.of(task -> made.incrementAndGet() == 3 ? new Thread(() -> {}) : new Thread(task));
        ExecutorService pool = threads.pool("transcribe", 1);
        threads.begin();
        pool.submit(() -> {}).get(10, TimeUnit.SECONDS);
        ExecutorService other = threads.pool("s3", 1);
        other.submit(() -> {}).get(10, TimeUnit.SECONDS);
        assertThat(made).hasValueGreaterThanOrEqualTo(4);
        threads.close();
    }

    /** A thread belongs to the context of whoever asks for it: none is asked for by who brings work later. */
    @Test
    void starts_all_threads_of_a_pool_with_the_pool() throws Exception {
        ContainerThreads threads = PlainThreads.of(task -> {
            made.incrementAndGet();
            return new Thread(task);
        });
        ExecutorService pool = threads.pool("archive", 3);
        ScheduledExecutorService timer = threads.timer("time", 2);
        int started = made.get();
        assertThat(started).isEqualTo(1 + 3 + 2);
        for (int i = 0; i < 5; i++) {
            pool.submit(() -> {}).get(10, TimeUnit.SECONDS);
            timer.submit(() -> {}).get(10, TimeUnit.SECONDS);
        }
        assertThat(made).hasValue(started);
        threads.close();
    }

    @Test
    void refuses_work_when_the_server_gives_no_more_threads() {
        AtomicBoolean down = new AtomicBoolean();
        ContainerThreads threads = PlainThreads.of(task -> {
            if (down.get()) {
                throw new IllegalStateException("shut down");
            }
            return new Thread(task);
        });
        down.set(true);
        assertThatThrownBy(() -> threads.pool("archive", 1)).isInstanceOf(RejectedExecutionException.class);
        threads.close();
    }
}
