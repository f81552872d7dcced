package dev.steno.session.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AudioBufferTest {
    private final ReplayBudget budget = new ReplayBudget(1 << 20);

    @Test
    void gives_back_what_was_appended() {
        AudioBuffer buffer = new AudioBuffer(100_000, budget, 0);
        buffer.append(bytes(0, 40_000));
        assertThat(readAll(buffer, 0)).isEqualTo(bytes(0, 40_000));
        assertThat(readAll(buffer, 39_998)).isEqualTo(bytes(39_998, 40_000));
    }

    @Test
    void drops_the_oldest_when_full() {
        AudioBuffer buffer = new AudioBuffer(50_000, budget, 0);
        buffer.append(bytes(0, 45_000));
        buffer.append(bytes(45_000, 60_000));
        assertThat(buffer.start()).isEqualTo(10_000);
        assertThat(buffer.end()).isEqualTo(60_000);
        assertThat(readAll(buffer, 10_000)).isEqualTo(bytes(10_000, 60_000));
    }

    @Test
    void keeps_the_newest_part_of_a_chunk_larger_than_itself() {
        AudioBuffer buffer = new AudioBuffer(40_000, budget, 0);
        buffer.append(bytes(0, 1_000));
        buffer.append(bytes(1_000, 101_000));
        assertThat(buffer.start()).isEqualTo(61_000);
        assertThat(readAll(buffer, 61_000)).isEqualTo(bytes(61_000, 101_000));
    }

    @Test
    void uses_no_more_than_the_node_has_and_gives_it_back() {
        ReplayBudget small = new ReplayBudget(40_000);
        AudioBuffer buffer = new AudioBuffer(100_000, small, 0);
        buffer.append(bytes(0, 32_000));
        buffer.append(bytes(32_000, 64_000));
        assertThat(buffer.start()).isEqualTo(32_000);
        assertThat(small.used()).isEqualTo(32_000);
        buffer.release();
        assertThat(small.used()).isZero();
        assertThat(buffer.end()).isEqualTo(64_000);
    }

    @Test
    void gives_memory_back_when_little_of_it_is_used_for_ten_seconds() {
        ReplayBudget large = new ReplayBudget(1 << 21);
        AudioBuffer buffer = new AudioBuffer(1_440_000, large, 0);
        buffer.append(new byte[900_000]);
        buffer.trim(buffer.end());
        byte[] second = bytes(0, 32_000);
        for (int i = 0; i < 21; i++) {
            buffer.append(second);
            buffer.trim(buffer.end() - 10_000);
        }
        assertThat(large.used()).isLessThan(100_000);
        assertThat(readAll(buffer, buffer.end() - 10_000)).isEqualTo(bytes(22_000, 32_000));
        buffer.trim(buffer.end());
        buffer.compact();
        assertThat(large.used()).isZero();
        buffer.append(second);
        assertThat(readAll(buffer, buffer.end() - 32_000)).isEqualTo(second);
    }

    @Test
    void refuses_to_read_what_it_does_not_hold() {
        AudioBuffer buffer = new AudioBuffer(40_000, budget, 0);
        buffer.append(bytes(0, 1_000));
        buffer.trim(500);
        assertThatThrownBy(() -> buffer.read(498)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> buffer.read(1_002)).isInstanceOf(IllegalArgumentException.class);
    }

    /** An engine takes nothing of half a sample: a part that ends within one would be its last. */
    @Test
    void gives_whole_samples_however_the_audio_was_cut() {
        for (int bytes = 1_002; bytes < 1_100; bytes += 2) {
            AudioBuffer buffer = new AudioBuffer(200_000, budget, 0);
            for (int i = 0; i < 150; i++) {
                buffer.append(bytes(0, bytes));
                buffer.trim(i > 50 ? buffer.end() - 20_000 : 0);
                for (long position = buffer.start(); position < buffer.end(); ) {
                    int part = buffer.read(position).remaining();
                    assertThat(part % 2).isZero();
                    position += part;
                }
            }
            buffer.release();
        }
    }

    @Test
    void behaves_like_a_sliding_window_under_random_use() {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            AudioBuffer buffer = new AudioBuffer(64_000, new ReplayBudget(1 << 20), 0);
            for (int step = 0; step < 200; step++) {
                int size = 2 * (1 + random.nextInt(step % 20 == 0 ? 40_000 : 3_000));
                buffer.append(bytes(buffer.end(), buffer.end() + size));
                assertThat(buffer.end() - buffer.start()).isLessThanOrEqualTo(64_000);
                buffer.trim(buffer.start() + 2L * random.nextInt((int) (buffer.end() - buffer.start()) / 2 + 1));
                assertThat(readAll(buffer, buffer.start())).isEqualTo(bytes(buffer.start(), buffer.end()));
            }
        }
    }

    private static byte[] bytes(long from, long to) {
        byte[] bytes = new byte[(int) (to - from)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ((from + i) * 31 % 251);
        }
        return bytes;
    }

    private static byte[] readAll(AudioBuffer buffer, long from) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long position = from;
        while (position < buffer.end()) {
            ByteBuffer part = buffer.read(position);
            byte[] piece = new byte[part.remaining()];
            part.get(piece);
            out.writeBytes(Arrays.copyOf(piece, piece.length));
            position += piece.length;
        }
        return out.toByteArray();
    }
}
