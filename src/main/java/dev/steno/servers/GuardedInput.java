package dev.steno.servers;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/**
 * What a client sends, held back until Tyrus is ready for it. Where data is there already, Payara and GlassFish call a read
 * listener within {@code setReadListener}, on the same thread; Tyrus sets its listener in {@code init} and lets it wait for
 * the end of {@code init}, so one early byte would take that thread for ever.
 */
final class GuardedInput extends ServletInputStream {
    private final ServletInputStream input;
    private ReadListener listener;

    GuardedInput(ServletInputStream input) {
        this.input = input;
    }

    void begin() {
        if (listener != null) {
            input.setReadListener(listener);
        }
    }

    @Override
    public void setReadListener(ReadListener reader) {
        listener = reader;
    }

    @Override
    public int read() throws IOException {
        return input.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        return input.read(bytes, from, length);
    }

    @Override
    public int available() throws IOException {
        return input.available();
    }

    @Override
    public boolean isFinished() {
        return input.isFinished();
    }

    @Override
    public boolean isReady() {
        return input.isReady();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
