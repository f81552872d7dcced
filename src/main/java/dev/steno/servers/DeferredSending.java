package dev.steno.servers;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.function.Consumer;

/** Sends a response as its client takes it. In between no thread waits. */
final class DeferredSending implements WriteListener, AsyncListener {
    /** What is written between two questions whether there is room. */
    private static final int PIECE = 16 * 1024;

    private final ServletOutputStream out;
    private final byte[] content;
    private final Completions.Completion end;
    private final Consumer<Throwable> onGone;
    private int sent;
    private boolean flushed;

    /**
     * @param onGone hears that the client is gone
     */
    DeferredSending(ServletOutputStream out, byte[] content, Completions.Completion end, Consumer<Throwable> onGone) {
        this.out = out;
        this.content = content;
        this.end = end;
        this.onGone = onGone;
    }

    void begin(AsyncContext context) {
        context.addListener(this);
        out.setWriteListener(this);
    }

    @Override
    public void onWritePossible() throws IOException {
        while (out.isReady()) {
            if (sent < content.length) {
                int length = Math.min(PIECE, content.length - sent);
                out.write(content, sent, length);
                sent += length;
            } else if (!flushed) {
                flushed = true;
                out.flush();
            } else {
                end.complete();
                return;
            }
        }
    }

    @Override
    public void onError(Throwable fault) {
        onGone.accept(fault);
        end.complete();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end.now();
    }

    @Override
    public void onError(AsyncEvent event) {
        end.now();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end.over();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // nothing begins anew
    }
}
