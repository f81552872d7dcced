package dev.steno.servers;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What Tyrus sends: one frame with each write, and nothing more once the connection is given up. Its writer keeps what
 * it cannot send yet; those messages fail then, without a word in the log.
 */
final class GuardedOutput extends ServletOutputStream {
    private final ServletOutputStream output;
    private final FrameGuard guard;
    private volatile WriteListener listener;
    private volatile boolean ended;

    GuardedOutput(ServletOutputStream output, FrameGuard guard) {
        this.output = output;
        this.guard = guard;
    }

    /** Sends a close frame if there is room for it; then nothing. */
    void end(Violation why) throws IOException {
        synchronized (this) {
            if (ended) {
                return;
            }
            if (output.isReady()) {
                output.write(closeFrame(why));
                output.flush();
            }
        }
        end();
    }

    /** Nothing is sent any more, and what waits to be sent fails. */
    void end() throws IOException {
        ended = true;
        WriteListener waiting = listener;
        listener = null;
        if (waiting != null) { // not while this is locked: it has a lock of its own, and comes back here
            waiting.onWritePossible();
        }
    }

    private static byte[] closeFrame(Violation why) {
        byte[] reason = why.reason().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + reason.length)
                .put((byte) 0x88)
                .put((byte) (2 + reason.length))
                .putShort((short) why.code())
                .put(reason)
                .array();
    }

    @Override
    public boolean isReady() {
        return ended || output.isReady();
    }

    @Override
    public synchronized void write(byte[] frame, int from, int length) throws IOException {
        if (ended) {
            throw new IOException("The connection has ended.");
        }
        output.write(frame, from, length);
        guard.sent(frame[from]);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void flush() throws IOException {
        if (!ended) {
            output.flush();
        }
    }

    @Override
    public void close() throws IOException {
        output.close();
    }

    @Override
    public void setWriteListener(WriteListener waiting) {
        listener = waiting;
        output.setWriteListener(new WriteListener() {
            @Override
            public void onWritePossible() throws IOException {
                WriteListener present = listener;
                if (present != null) {
                    present.onWritePossible();
                }
            }

            /** Tyrus would log a warning with a stack for each client that is gone. */
            @Override
            public void onError(Throwable fault) {
                try {
                    end();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }
}
