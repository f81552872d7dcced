package dev.steno.servers;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a client sends, held back until Tyrus is ready for it, without masks, and up to the first frame that is not
 * allowed.
 *
 * <p>Where data is there already, Payara and GlassFish call a read listener within {@code setReadListener}, on the same
 * thread; Tyrus sets its listener in {@code init} and lets it wait for the end of {@code init}, so one early byte would
 * take that thread for ever.
 */
final class GuardedInput extends ServletInputStream {
    /** At once: what Tyrus keeps of a frame that is not complete, it copies with each read. */
    private static final int MOST = 64 * 1024;

    private final GuardedConnection connection;
    private final ServletInputStream input;
    private final FrameGuard guard;
    private final Unmasking unmasking = new Unmasking();
    private volatile ReadListener listener;

    GuardedInput(GuardedConnection connection, ServletInputStream input, FrameGuard guard) {
        this.connection = connection;
        this.input = input;
        this.guard = guard;
    }

    void begin() {
        if (listener != null) {
            input.setReadListener(new Forwarding());
        }
    }

    /**
     * Nothing comes any more; and the server, which keeps this for as long as it likes, has nothing of the connection.
     */
    void end() {
        listener = null;
    }

    @Override
    public void setReadListener(ReadListener reader) {
        listener = reader;
    }

    /** May be 0 also where something has come: the bytes of a mask are not passed on. */
    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        guard.settle(); // all that was read before has been dealt with
        if (guard.violation() == null) {
            int count = input.read(bytes, from, Math.min(length, MOST));
            if (count <= 0) {
                return count;
            }
            int allowed = guard.scan(ByteBuffer.wrap(bytes, from, count));
            if (allowed > 0) {
                return unmasking.unmask(bytes, from, allowed);
            }
        }
        connection.end(guard.violation());
        throw new IOException(guard.violation().reason());
    }

    /** Tyrus reads into arrays; a single byte may be one of a mask. */
    @Override
    public int read() {
        throw new UnsupportedOperationException("Read into an array.");
    }

    @Override
    public int available() throws IOException {
        return guard.violation() == null ? Math.min(input.available(), MOST) : 1;
    }

    @Override
    public boolean isFinished() {
        return input.isFinished();
    }

    /** After a violation there is one more thing to read: the exception. */
    @Override
    public boolean isReady() {
        return !connection.ended() && (guard.violation() != null || input.isReady());
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    /** What the server calls. */
    private final class Forwarding implements ReadListener {
        @Override
        public void onDataAvailable() throws IOException {
            ReadListener reader = listener;
            if (reader != null) {
                reader.onDataAvailable();
            }
        }

        @Override
        public void onAllDataRead() throws IOException {
            ReadListener reader = listener;
            if (reader != null) {
                reader.onAllDataRead();
            }
        }

        @Override
        public void onError(Throwable fault) {
            ReadListener reader = listener;
            if (reader != null) {
                reader.onError(fault);
            }
        }
    }
}
