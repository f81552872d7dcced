package dev.steno.servers;

/**
 * Takes the masks off a client's frames (RFC 6455 section 5.3) as their bytes pass, so that the server gets frames
 * without one. Tyrus takes those, and would unmask byte by byte with a counter in a volatile field: a tenth of all that
 * a live recording costs. For frames that {@link FrameGuard} let pass, and for one thread at a time.
 */
final class Unmasking {
    private static final int MASKED = 0x80;
    private static final int KEY_BYTES = 4;

    private final byte[] key = new byte[KEY_BYTES];
    /** Bytes of the present frame's head that have passed. */
    private int head;
    /** Bytes of its length behind the first two; known from the second one on. */
    private int lengthBytes;
    /** Of the payload, as far as it is known; then what is still to come of it. */
    private long payload;
    /** Bytes of the payload that have passed, modulo the key. */
    private int phase;

    /**
     * Unmasks in place.
     *
     * @param bytes the next {@code count} from {@code from} on, wherever frames begin or end in them
     * @return how many are left, from {@code from} on: fewer by the keys, which are dropped; perhaps none
     */
    int unmask(byte[] bytes, int from, int count) {
        int end = from + count;
        int to = from;
        int next = from;
        while (next < end) {
            if (inPayload()) {
                int length = (int) Math.min(payload, end - next);
                unmask(bytes, next, to, length);
                next += length;
                to += length;
                payload -= length;
                if (payload == 0) {
                    head = 0;
                }
            } else {
                byte one = bytes[next++];
                if (head < 2 + lengthBytes) {
                    bytes[to++] = passHead(one);
                } else {
                    passKey(one);
                }
            }
        }
        return to - from;
    }

    private boolean inPayload() {
        return head == 2 + lengthBytes + KEY_BYTES;
    }

    private byte passHead(byte one) {
        byte passed = one;
        switch (head++) {
            case 0 -> lengthBytes = 0;
            case 1 -> {
                passed = (byte) (one & ~MASKED);
                lengthBytes = passed == 126 ? Short.BYTES : passed == 127 ? Long.BYTES : 0;
                payload = lengthBytes == 0 ? passed : 0;
            }
            default -> payload = (payload << Byte.SIZE) | (one & 0xFF);
        }
        return passed;
    }

    private void passKey(byte one) {
        key[head++ - 2 - lengthBytes] = one;
        if (inPayload()) {
            phase = 0;
            if (payload == 0) {
                head = 0;
            }
        }
    }

    /** @param to at or before {@code from}, in the same array */
    private void unmask(byte[] bytes, int from, int to, int length) {
        byte[] present = key;
        int shift = phase - from;
        for (int i = from, out = to; i < from + length; i++, out++) {
            bytes[out] = (byte) (bytes[i] ^ present[(i + shift) & (KEY_BYTES - 1)]);
        }
        phase = (phase + length) & (KEY_BYTES - 1);
    }
}
