package dev.steno.servers;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Collects what is written, until it is too much to keep or the application sends it by itself: asynchronously, or as events.
 * From then on everything is passed on.
 */
final class DeferredOutput extends ServletOutputStream {
    /** More than any page file or any answer to strangers. */
    private static final int MOST = 1024 * 1024;

    private final HttpServletResponse response;
    /** Null once everything is passed on. */
    private ByteArrayOutputStream collected = new ByteArrayOutputStream(0);

    DeferredOutput(HttpServletResponse response) {
        this.response = response;
    }

    /** @return null if everything is passed on */
    synchronized byte[] collected() {
        return collected == null ? null : collected.toByteArray();
    }

    synchronized void clear() {
        if (collected != null) {
            collected.reset();
        }
    }

    synchronized void release() {
        if (collected == null) {
            return;
        }
        byte[] until = collected.toByteArray();
        collected = null;
        if (until.length > 0) {
            try {
                response.getOutputStream().write(until);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (keeps(bytes, from, length)) {
            return;
        }
        release();
        response.getOutputStream().write(bytes, from, length);
    }

    private synchronized boolean keeps(byte[] bytes, int from, int length) {
        if (collected == null || collected.size() + length > MOST) {
            return false;
        }
        collected.write(bytes, from, length);
        return true;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void flush() throws IOException {
        String type = response.getContentType();
        if (type != null && type.startsWith("text/event-stream")) {
            release();
        }
        if (collected() == null) {
            response.getOutputStream().flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (collected() == null) {
            response.getOutputStream().close();
        }
    }

    @Override
    public boolean isReady() {
        try {
            return response.getOutputStream().isReady();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        release();
        try {
            response.getOutputStream().setWriteListener(listener);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
