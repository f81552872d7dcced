package dev.steno.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnmaskingTest {
    private static final int[] SIZES = {0, 1, 3, 4, 5, 0, 125, 126, 127, 3_200, 65_535, 65_536, 200_001, 2};

    private final Random random = new Random(20261127);
    private final Unmasking unmasking = new Unmasking();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 7, 13, 14, 15, 1_000, 65_536, 1_000_000})
    void leaves_what_the_client_meant_however_it_is_cut(int cut) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ByteArrayOutputStream meant = new ByteArrayOutputStream();
        for (int size : SIZES) {
            byte[] payload = new byte[size];
            random.nextBytes(payload);
            byte[] key = new byte[4];
            random.nextBytes(key);
            byte[] head = FrameGuardTest.head(random.nextInt(256), size);
            sent.write(head, 0, head.length - key.length);
            sent.writeBytes(key);
            sent.writeBytes(masked(payload, key));
            head[1] &= 0x7F;
            meant.write(head, 0, head.length - key.length);
            meant.writeBytes(payload);
        }

        assertThat(received(sent.toByteArray(), cut)).isEqualTo(meant.toByteArray());
    }

    /** As a server reads it: into the middle of an array, the rest of which is its own. */
    private byte[] received(byte[] sent, int cut) {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        for (int from = 0; from < sent.length; from += cut) {
            int length = Math.min(cut, sent.length - from);
            byte[] array = new byte[length + 2];
            array[0] = 42;
            array[length + 1] = 43;
            System.arraycopy(sent, from, array, 1, length);
            int left = unmasking.unmask(array, 1, length);
            assertThat(left).isBetween(0, length);
            received.write(array, 1, left);
            assertThat(array[0]).isEqualTo((byte) 42);
            assertThat(array[length + 1]).isEqualTo((byte) 43);
        }
        return received.toByteArray();
    }

    private static byte[] masked(byte[] payload, byte[] key) {
        byte[] masked = new byte[payload.length];
        for (int i = 0; i < payload.length; i++) {
            masked[i] = (byte) (payload[i] ^ key[i % key.length]);
        }
        return masked;
    }
}
