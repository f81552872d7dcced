package dev.steno.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AudioQueueTest {
    @Test
    void takes_only_what_fits() {
        AudioQueue queue = new AudioQueue(10);
        ByteBuffer audio = ByteBuffer.allocate(16);

        assertThat(queue.put(audio)).isEqualTo(10);
        assertThat(queue.put(audio)).isZero();
        assertThat(queue.take(new byte[4])).isEqualTo(4);
        assertThat(queue.put(audio)).isEqualTo(4);
        assertThat(audio.position()).isEqualTo(14);
    }

    @Test
    void takes_whole_samples() {
        AudioQueue queue = new AudioQueue(10);

        assertThat(queue.put(ByteBuffer.allocate(3))).isEqualTo(2);
    }

    @Test
    void gives_every_byte_once_and_in_order() {
        byte[] sent = new byte[10_000];
        new Random(1).nextBytes(sent);
        ByteBuffer audio = ByteBuffer.wrap(sent);
        AudioQueue queue = new AudioQueue(98);
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        byte[] chunk = new byte[34];
        while (audio.hasRemaining() || queue.size() > 0) {
            queue.put(audio);
            received.write(chunk, 0, queue.take(chunk));
        }
        assertThat(received.toByteArray()).isEqualTo(sent);
    }

    @Test
    void forgets_when_cleared() {
        AudioQueue queue = new AudioQueue(10);
        queue.put(ByteBuffer.allocate(10));
        queue.clear();

        assertThat(queue.take(new byte[10])).isZero();
    }
}
