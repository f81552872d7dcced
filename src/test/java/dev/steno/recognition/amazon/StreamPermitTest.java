package dev.steno.recognition.amazon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamPermitTest {
    private final Semaphore node = new Semaphore(0);
    private final AtomicInteger placesBack = new AtomicInteger();
    private final StreamPermit permit = new StreamPermit(node);

    @Test
    void gives_back_both_once() {
        permit.hold(placesBack::incrementAndGet);
        permit.release();
        permit.release();
        assertThat(node.availablePermits()).isEqualTo(1);
        assertThat(placesBack).hasValue(1);
    }

    @Test
    void gives_back_a_place_that_comes_after_the_end() {
        permit.release();
        permit.hold(placesBack::incrementAndGet);
        assertThat(placesBack).hasValue(1);
        assertThat(node.availablePermits()).isEqualTo(1);
    }
}
