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

    GuardedConnection(WebConnection connection) {
        this.connection = connection;
        try {
            input = new GuardedInput(connection.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets data come in. */
    void begin() {
        input.begin();
    }

    @Override
    public ServletInputStream getInputStream() {
        return input;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return connection.getOutputStream();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (Exception e) { // what AutoCloseable allows
            LOG.log(System.Logger.Level.DEBUG, "The connection was closed already.", e);
        }
    }
}
