package dev.steno.access;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** Tells the clock when a write may wait for the client. Writes without a thread, for a listener, pass by it. */
final class TimedOutput extends ServletOutputStream {
    /**
     * So a clock knows of large responses how much the client has read. As much as servers collect before they send.
     */
    private static final int PIECE_BYTES = 8_192;

    private final ServletOutputStream out;
    private final ResponseClock clock;
    private boolean asynchronous;
    private boolean ending;

    TimedOutput(ServletOutputStream out, ResponseClock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (asynchronous) {
            out.write(bytes, offset, length);
            return;
        }
        for (int done = 0; done < length; done += PIECE_BYTES) {
            int piece = Math.min(PIECE_BYTES, length - done);
            int from = offset + done;
            clock.time(piece, () -> out.write(bytes, from, piece));
        }
    }

    /**
     * Nothing but the end follows: a writer of text flushes before it closes, and then a server does not know the
     * length.
     */
    void ending() {
        ending = true;
    }

    @Override
    public void flush() throws IOException {
        if (!ending) {
            clock.time(0, out::flush);
        }
    }

    @Override
    public void close() throws IOException {
        clock.time(0, out::close);
    }

    @Override
    public boolean isReady() {
        return out.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        asynchronous = true;
        out.setWriteListener(listener);
    }
}
