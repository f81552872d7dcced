package dev.steno.servers;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The connection as Tyrus sees it. */
final class GuardedConnection implements WebConnection {
    private static final System.Logger LOG = System.getLogger(GuardedConnection.class.getName());

    private final WebConnection connection;
    private final GuardedInput input;
    private final GuardedOutput output;
    private final Runnable onClosing;
    private final Runnable onClosed;
    private volatile boolean ended;

    GuardedConnection(WebConnection connection, Runnable onClosing, Runnable onClosed) {
        this.connection = connection;
        this.onClosing = onClosing;
        this.onClosed = onClosed;
        FrameGuard guard = new FrameGuard(System::nanoTime);
        try {
            input = new GuardedInput(this, connection.getInputStream(), guard);
            output = new GuardedOutput(connection.getOutputStream(), guard);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets data come in. */
    void begin() {
        input.begin();
    }

    /**
     * Tells the client why, if that can be done. Tyrus, which reads the exception that follows, closes the connection.
     */
    void end(Violation why) throws IOException {
        ended = true;
        output.end(why);
    }

    boolean ended() {
        return ended;
    }

    @Override
    public ServletInputStream getInputStream() {
        return input;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return output;
    }

    @Override
    public void close() {
        ended = true;
        onClosing.run();
        try {
            connection.close();
            output.end();
        } catch (Exception e) { // what AutoCloseable allows
            LOG.log(System.Logger.Level.DEBUG, "The connection was closed already.", e);
        }
        input.end();
        onClosed.run();
    }
}
