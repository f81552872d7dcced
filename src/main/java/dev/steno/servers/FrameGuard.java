package dev.steno.servers;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * Reads the heads of a client's frames (RFC 6455 section 5.2) as their bytes pass, and stops what no server stops by
 * itself: a server's own limits count the bytes of a message, while each fragment costs memory even if it is empty; and
 * each ping costs an answer that is kept until the client reads it. For one thread at a time.
 */
final class FrameGuard {
    /** Of one message, in however many fragments. The endpoint refuses less with a message of its own. */
    static final int MESSAGE_BYTES = 1024 * 1024;

    /** Of one message. A fragment costs a server 100 bytes or so beside its content. */
    static final int FRAGMENTS = 1_024;

    /** Pings, pongs and close frames at once; clients send one in 20 s or so. */
    static final int CONTROL_FRAMES = 200;

    static final int CONTROL_FRAMES_PER_SECOND = 20;

    /** Pings without an answer on the wire. */
    static final int UNANSWERED = 100;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int CONTROL = 0x08;
    private static final int PING = 0x09;
    private static final int PONG = 0x0A;
    private static final int LONGEST_HEAD = 14;

    private final LongSupplier nanoTime;
    private final ByteBuffer head = ByteBuffer.allocate(LONGEST_HEAD);
    /** Bytes of the present frame's payload that are still to come. */
    private long payload;

    private long messageBytes;
    private int fragments;
    private double controlFrames;
    private long drained;
    private long pings;
    private long pongs;
    private Violation violation;

    FrameGuard(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        drained = nanoTime.getAsLong();
    }

    /** @return what the client did; null if it did nothing wrong */
    Violation violation() {
        return violation;
    }

    /** @return how many of the bytes are allowed: all of them, or those before the frame that is not */
    int scan(ByteBuffer received) {
        ByteBuffer bytes = received.duplicate();
        int allowed = bytes.position();
        while (bytes.hasRemaining() && violation == null) {
            if (payload > 0) {
                int skipped = (int) Math.min(payload, bytes.remaining());
                bytes.position(bytes.position() + skipped);
                payload -= skipped;
            } else {
                readHead(bytes.get());
            }
            if (violation == null && head.position() == 0) {
                allowed = bytes.position();
            }
        }
        return violation == null ? received.remaining() : allowed - received.position();
    }

    /** @return how many bytes of a head have come in whose end has not */
    int headBytes() {
        return head.position();
    }

    /** To be called with the first byte of each frame that the server sends. */
    synchronized void sent(byte first) {
        if ((first & 0x0F) == PONG) {
            pongs++;
        }
    }

    /**
     * To be called when the server has dealt with all that was scanned: each ping has its answer by now, sent or kept.
     */
    void settle() {
        if (violation == null && unanswered() > UNANSWERED) {
            violation = Violation.NOT_READING;
        }
    }

    private synchronized long unanswered() {
        return pings - pongs;
    }

    private void readHead(byte next) {
        head.put(next);
        if (head.position() < 2) {
            return;
        }
        if ((head.get(1) & MASKED) == 0) {
            violation = Violation.NOT_MASKED;
        } else if (head.position() == headLength()) {
            begin(head.get(0) & 0xFF, payloadLength());
            head.clear();
        }
    }

    private int headLength() {
        return switch (lengthCode()) {
            case 126 -> 8;
            case 127 -> LONGEST_HEAD;
            default -> 6;
        };
    }

    private int lengthCode() {
        return head.get(1) & 0x7F;
    }

    private long payloadLength() {
        return switch (lengthCode()) {
            case 126 -> head.getShort(2) & 0xFFFF;
            case 127 -> head.getLong(2);
            default -> lengthCode();
        };
    }

    private void begin(int first, long length) {
        payload = length;
        if ((first & CONTROL) != 0) {
            control(first, length);
        } else {
            data(first, length);
        }
    }

    private void control(int first, long length) {
        if ((first & FIN) == 0 || length > 125) {
            violation = Violation.NO_CONTROL_FRAME;
            return;
        }
        long now = nanoTime.getAsLong();
        controlFrames = Math.max(0, controlFrames - (now - drained) * CONTROL_FRAMES_PER_SECOND / 1e9) + 1;
        drained = now;
        if (controlFrames > CONTROL_FRAMES) {
            violation = Violation.CONTROL_FRAMES;
        }
        if ((first & 0x0F) == PING) {
            ping();
        }
    }

    private synchronized void ping() {
        pings++;
    }

    private void data(int first, long length) {
        if ((first & 0x0F) != 0) { // no continuation
            messageBytes = 0;
            fragments = 0;
        }
        messageBytes += length;
        fragments++;
        if (length < 0 || messageBytes > MESSAGE_BYTES) {
            violation = Violation.TOO_LARGE;
        } else if (fragments > FRAGMENTS) {
            violation = Violation.FRAGMENTS;
        } else if ((first & FIN) != 0) {
            messageBytes = 0;
            fragments = 0;
        }
    }
}
