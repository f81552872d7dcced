package dev.steno.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestThreadsTest {
    private static final String MALLORY = "203.0.113.7";
    private static final String CLASSROOM = "203.0.113.8";
    private static final int PAGE_BYTES = 100_000;

    private long now = 5;
    private final RequestThreads threads = new RequestThreads(() -> now);
    private final IdentityHashMap<ResponseClock, String> addresses = new IdentityHashMap<>();

    @Test
    void gives_an_address_four_threads_after_half_a_minute_of_unread_responses() {
        List<ResponseClock> unread = begin(MALLORY, 32);
        answer(unread, Duration.ofSeconds(5), 0);
        assertThat(begin(MALLORY, 32)).hasSize(RequestThreads.SHARE);
        assertThat(threads.begin(MALLORY, RequestThreads.PROBE_SHARE, clock())).isTrue();
        assertThat(begin(CLASSROOM, 32)).hasSize(32);
    }

    @Test
    void gives_all_threads_back_a_minute_after_the_last_unread_response() {
        answer(begin(MALLORY, 100), Duration.ofSeconds(5), 0);
        assertThat(begin(MALLORY, 32)).hasSize(RequestThreads.SHARE);
        now += Duration.ofSeconds(61).toNanos();
        assertThat(begin(MALLORY, 32)).hasSize(32);
    }

    @Test
    void counts_a_response_while_it_waits() throws IOException {
        ResponseClock response = clock();
        assertThat(threads.begin(MALLORY, RequestThreads.SHARE, response)).isTrue();
        begin(MALLORY, 3);
        response.time(0, () -> {
            now += Duration.ofSeconds(30).toNanos();
            assertThat(begin(MALLORY, 1)).hasSize(1);
            now += Duration.ofSeconds(2).toNanos();
            assertThat(begin(MALLORY, 1)).isEmpty();
        });
    }

    /** Thirty phones that load the page together, on a line that carries four megabytes a minute for all of them. */
    @Test
    void lets_clients_read_slowly() {
        for (int i = 0; i < 10; i++) {
            List<ResponseClock> slow = begin(CLASSROOM, 180);
            assertThat(slow).hasSize(180);
            answer(slow, Duration.ofSeconds(20), PAGE_BYTES);
        }
    }

    @Test
    void lets_everybody_wait_a_second() {
        for (int i = 0; i < 10; i++) {
            List<ResponseClock> slow = begin(CLASSROOM, 180);
            assertThat(slow).hasSize(180);
            answer(slow, Duration.ofSeconds(1), 0);
        }
        assertThat(threads.addresses()).isZero();
    }

    @Test
    void counts_short_waits_of_one_response_together() throws IOException {
        ResponseClock trickle = clock();
        for (int i = 0; i < 10; i++) {
            trickle.time(100, () -> now += Duration.ofMillis(900).toNanos());
        }
        assertThat(Duration.ofNanos(trickle.heldNanos())).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
    }

    @Test
    void keeps_a_bounded_number_of_addresses() {
        for (int i = 0; i < 11_000; i++) {
            ResponseClock unread = clock();
            threads.begin("10.0." + i, RequestThreads.SHARE, unread);
            hold(unread, Duration.ofSeconds(5), 0);
            threads.end("10.0." + i, unread);
            now += 1_000;
        }
        assertThat(threads.addresses()).isEqualTo(10_000);
    }

    private List<ResponseClock> begin(String address, int requests) {
        List<ResponseClock> begun = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            ResponseClock response = clock();
            if (threads.begin(address, RequestThreads.SHARE, response)) {
                begun.add(response);
                addresses.put(response, address);
            }
        }
        return begun;
    }

    /** All at the same time. */
    private void answer(List<ResponseClock> responses, Duration time, int bytes) {
        long before = now;
        for (ResponseClock response : responses) {
            now = before;
            hold(response, time, bytes);
        }
        responses.forEach(response -> threads.end(addresses.get(response), response));
    }

    private void hold(ResponseClock response, Duration time, int bytes) {
        try {
            response.time(bytes, () -> now += time.toNanos());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ResponseClock clock() {
        return new ResponseClock(() -> now);
    }
}
