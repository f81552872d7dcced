package dev.steno.session.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.testing.BrokenLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionWorkerTest {
    private final List<Throwable> faults = new ArrayList<>();

    @Test
    void runs_tasks_of_many_threads_one_at_a_time_and_each_threads_in_order() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try {
            SessionWorker worker = new SessionWorker(executor, 10, faults::add);
            int threads = 8;
            int each = 5_000;
            AtomicInteger inside = new AtomicInteger();
            int[] last = new int[threads];
            List<String> wrong = new ArrayList<>();
            CountDownLatch done = new CountDownLatch(threads * each);
            for (int t = 0; t < threads; t++) {
                int thread = t;
                executor.execute(() -> {
                    for (int i = 1; i <= each; i++) {
                        int number = i;
                        worker.submit(() -> {
                            if (inside.incrementAndGet() != 1 || last[thread] != number - 1) {
                                wrong.add(thread + "/" + number);
                            }
                            last[thread] = number;
                            inside.decrementAndGet();
                            done.countDown();
                        });
                    }
                });
            }
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(wrong).isEmpty();
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void runs_a_client_task_on_its_own_thread_when_idle_and_after_the_others_when_not() {
        List<Runnable> parked = new ArrayList<>();
        SessionWorker worker = new SessionWorker(parked::add, 2, faults::add);
        List<String> ran = new ArrayList<>();
        worker.offer(() -> {
            worker.offer(() -> ran.add("asked for by the first"));
            ran.add("first");
        });
        assertThat(ran).containsExactly("first", "asked for by the first");
        worker.submit(() -> ran.add("inner"));
        worker.offer(() -> ran.add("last"));
        assertThat(ran).hasSize(2);
        parked.get(0).run();
        assertThat(ran).endsWith("inner", "last");
    }

    @Test
    void refuses_client_tasks_when_too_many_wait_and_takes_inner_ones() {
        List<Runnable> parked = new ArrayList<>();
        SessionWorker worker = new SessionWorker(parked::add, 2, faults::add);
        List<String> ran = new ArrayList<>();
        worker.submit(() -> ran.add("a"));
        assertThat(worker.offer(() -> ran.add("b"))).isTrue();
        assertThat(worker.offer(() -> ran.add("c"))).isFalse();
        worker.submit(() -> ran.add("d"));
        assertThat(parked).hasSize(1);
        parked.get(0).run();
        assertThat(ran).containsExactly("a", "b", "d");
    }

    @Test
    void never_runs_what_may_wait_on_the_callers_thread_and_takes_it_only_when_idle() {
        List<Runnable> parked = new ArrayList<>();
        SessionWorker worker = new SessionWorker(parked::add, 2, faults::add);
        List<String> ran = new ArrayList<>();
        worker.submitIfIdle(() -> ran.add("a"));
        worker.submitIfIdle(() -> ran.add("b"));
        assertThat(ran).isEmpty();
        parked.get(0).run();
        worker.submitIfIdle(() -> ran.add("c"));
        parked.get(1).run();
        assertThat(ran).containsExactly("a", "c");
        assertThat(parked).hasSize(2);
    }

    @Test
    void goes_on_after_a_class_was_missing() {
        SessionWorker worker = new SessionWorker(Runnable::run, 2, faults::add);
        worker.submit(() -> {
            throw new NoClassDefFoundError("gone");
        });
        List<String> ran = new ArrayList<>();
        worker.submit(() -> ran.add("next"));
        assertThat(faults).singleElement().isInstanceOf(NoClassDefFoundError.class);
        assertThat(ran).containsExactly("next");
    }

    @Test
    void goes_on_after_a_task_that_threw() {
        SessionWorker worker = new SessionWorker(Runnable::run, 2, faults::add);
        worker.submit(() -> {
            throw new IllegalStateException("broken");
        });
        List<String> ran = new ArrayList<>();
        worker.submit(() -> ran.add("next"));
        assertThat(faults).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(ran).containsExactly("next");
    }

    @Test
    void goes_on_after_a_fault_that_could_neither_be_handled_nor_logged() {
        try (BrokenLog log = new BrokenLog(SessionWorker.class)) {
            SessionWorker worker = new SessionWorker(Runnable::run, 2, fault -> {
                throw new NoClassDefFoundError("gone as well");
            });
            worker.submit(() -> {
                throw new NoClassDefFoundError("gone");
            });
            List<String> ran = new ArrayList<>();
            worker.submit(() -> ran.add("next"));
            assertThat(log.records()).isEqualTo(1);
            assertThat(ran).containsExactly("next");
        }
    }

    @Test
    void tries_again_with_the_next_task_when_the_server_refused() {
        List<Runnable> accepted = new ArrayList<>();
        boolean[] refuse = {true};
        SessionWorker worker = new SessionWorker(
                task -> {
                    if (refuse[0]) {
                        throw new RejectedExecutionException("full");
                    }
                    accepted.add(task);
                },
                10,
                faults::add);
        List<String> ran = new ArrayList<>();
        worker.submit(() -> ran.add("first"));
        refuse[0] = false;
        worker.submit(() -> ran.add("second"));
        accepted.get(0).run();
        assertThat(ran).containsExactly("first", "second");
    }

    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, StackOverflowError.class, AssertionError.class})
    void goes_on_after_any_error(Class<? extends Error> kind) throws Exception {
        Error error = kind.getConstructor().newInstance();
        SessionWorker worker = new SessionWorker(Runnable::run, 2, fault -> {
            faults.add(fault);
            throw error;
        });
        List<String> ran = new ArrayList<>();
        worker.submit(() -> {
            throw error;
        });
        worker.offer(() -> ran.add("next"));
        assertThat(faults).containsExactly(error);
        assertThat(ran).containsExactly("next");
    }

    @Test
    void goes_on_when_no_thread_could_be_made_and_runs_nothing_twice() {
        List<Runnable> taken = new ArrayList<>();
        boolean[] refuse = {true};
        SessionWorker worker = new SessionWorker(
                turn -> {
                    taken.add(turn); // as a pool does that queued the task before it failed to make a thread
                    if (refuse[0]) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                },
                10,
                faults::add);
        List<String> ran = new ArrayList<>();
        worker.submit(() -> ran.add("first"));
        refuse[0] = false;
        worker.wake();
        worker.wake();
        assertThat(taken).hasSize(2);
        taken.get(0).run();
        assertThat(ran).isEmpty();
        taken.get(1).run();
        taken.get(0).run();
        assertThat(ran).containsExactly("first");
        worker.wake();
        assertThat(taken).hasSize(2);
    }

    @Test
    void adds_one_refusal_for_all_that_is_refused_in_a_row() {
        List<Runnable> parked = new ArrayList<>();
        SessionWorker worker = new SessionWorker(parked::add, 2, faults::add);
        List<String> ran = new ArrayList<>();
        worker.submit(() -> ran.add("a"));
        worker.submit(() -> ran.add("b"));
        for (int i = 0; i < 1_000; i++) {
            worker.offer(() -> ran.add("never"), () -> ran.add("refused"));
        }
        parked.get(0).run();
        assertThat(ran).containsExactly("a", "b", "refused");
        worker.offer(() -> ran.add("c"), () -> ran.add("refused"));
        assertThat(ran).endsWith("refused", "c");
    }

    @Test
    void lets_others_have_the_thread_after_a_turn() {
        List<Runnable> turns = new ArrayList<>();
        SessionWorker worker = new SessionWorker(turns::add, 1_000, faults::add);
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            worker.submit(ran::incrementAndGet);
        }
        turns.get(0).run();
        assertThat(ran.get()).isEqualTo(64);
        turns.get(1).run();
        assertThat(ran.get()).isEqualTo(100);
        assertThat(turns).hasSize(2);
    }
}
